import { ConfigError } from '../../src/config';
import { loadPlatforms } from '../../src/model';
import { fit, serviceAccountLimit } from '../../src/model/names';

const base = { version: 1, name: 'acme', google: { project: 'acme-data', region: 'europe-west1' } };

function messagesOf(config: object): string[] {
  try {
    loadPlatforms({ name: 'platform.yaml', text: JSON.stringify({ ...base, ...config }, null, 1) });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ problem }) => problem.message);
    throw error;
  }
}

it('fails where a key is called like the shortened name of another', () => {
  const long = 'the-project-that-has-every-tap';
  const account = fit(serviceAccountLimit('acme-data'), 'acme', `meltano-${long}`);
  const twin = account.slice('acme-meltano-'.length);
  expect(messagesOf({ meltano: { [long]: {}, [twin]: {} } })).toEqual([
    expect.stringContaining(
      `the Google service account '${account}' would be that of meltano.${twin} as well`,
    ),
  ]);
  expect(messagesOf({ meltano: { [long]: {}, 'another-twin': {} } })).toEqual([]);
});

it('fails where two environments would share an instance, a cluster or a bucket', () => {
  const environments = { production: {}, staging: {} };
  expect(messagesOf({ environments, cluster: { name: 'data-ops' } })).toEqual([
    "the environments 'production' and 'staging' would share the cluster 'data-ops'",
  ]);
  expect(
    messagesOf({
      environments: { a: { name: 'x', google: { project: 'acme-x-b' } }, b: { name: 'b-x' } },
      meltano: { m: {} },
    }),
  ).toEqual([]);
});

it('accepts the same name in another project or region', () => {
  const production = {};
  const cluster = { name: 'data-ops' };
  expect(
    messagesOf({ cluster, environments: { production, staging: { google: { project: 'acme-test' } } } }),
  ).toEqual([]);
  expect(
    messagesOf({ cluster, environments: { production, staging: { google: { region: 'us-west1' } } } }),
  ).toEqual([]);
});

it('accepts schedulers of one name in different namespaces', () => {
  const scheduler = { name: 'scheduler' };
  const meltano = { a: { namespace: 'one', scheduler }, b: { namespace: 'two', scheduler } };
  expect(messagesOf({ namespaces: { one: {}, two: {} }, meltano })).toEqual([]);
});
