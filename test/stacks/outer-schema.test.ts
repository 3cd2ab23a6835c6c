import { synthStacks } from '../../stacks';
import { outer } from './outer-fixture';
import { platformOf } from './platform-fixture';
import { schemaProblems, sensitiveValues } from './provider-schema';
import { resourcesOf } from './terraform';

const resources = resourcesOf(synthStacks(platformOf(outer)));

it('holds only arguments that the provider knows, of their types, and all that it requires', () => {
  expect(
    resources.flatMap(({ type, name, values }) =>
      schemaProblems('resource', type, values).map((problem) => `${name}: ${problem}`),
    ),
  ).toEqual([]);
});

it('holds no token of a channel: only passwords of databases are sensitive, and those are ephemeral', () => {
  const types = resources.flatMap(({ type, values }) =>
    sensitiveValues(type, values).length > 0 ? [type] : [],
  );
  expect(new Set(types)).toEqual(new Set(['google_secret_manager_secret_version', 'google_sql_user']));
});
