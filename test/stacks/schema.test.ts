import { synthStacks } from '../../stacks';
import { everything, examplePlatform, platformOf } from './platform-fixture';
import { schemaProblems, sensitiveValues } from './provider-schema';
import { resourcesOf, stackNames, stackOf } from './terraform';

const platforms = {
  minimal: examplePlatform('minimal'),
  'gitlab-meltano': examplePlatform('gitlab-meltano'),
  hardened: examplePlatform('hardened'),
  everything: platformOf(everything),
};

describe.each(Object.entries(platforms))('the Terraform of %s', (_, platform) => {
  const synthesized = synthStacks(platform);

  it('holds only arguments that the provider knows, of their types, and all that it requires', () => {
    expect(
      resourcesOf(synthesized).flatMap(({ type, name, values }) =>
        schemaProblems('resource', type, values).map((problem) => `${name}: ${problem}`),
      ),
    ).toEqual([]);
  });

  it('holds only ephemeral blocks that their provider knows', () => {
    const problems = stackNames.flatMap((stack) =>
      Object.entries(stackOf(synthesized, stack).ephemeral ?? {}).flatMap(([type, byName]) =>
        Object.values(byName).flatMap((values) => schemaProblems('ephemeral', type, values)),
      ),
    );
    expect(problems).toEqual([]);
  });

  it('holds no value of a secret: what is sensitive comes from ephemeral blocks of the same stack', () => {
    for (const { stack, type, values } of resourcesOf(synthesized)) {
      const passwords = Object.keys(stackOf(synthesized, stack).ephemeral?.random_password ?? {});
      for (const [path, value] of sensitiveValues(type, values)) {
        const named = /^\$\{[^$]*ephemeral\.random_password\.([\w-]+)\.result[^$]*\}$/.exec(
          String(value),
        )?.[1];
        expect([path, passwords]).toEqual([path, expect.arrayContaining([named])]);
      }
    }
  });
});

it('finds the sensitive values of the examples', () => {
  const found = resourcesOf(synthStacks(platforms.everything)).flatMap(({ type, values }) =>
    sensitiveValues(type, values).map(([path]) => path),
  );
  expect(new Set(found)).toEqual(
    new Set(['google_secret_manager_secret_version.secret_data_wo', 'google_sql_user.password_wo']),
  );
});

describe('the check against the schema', () => {
  const bucket = { name: 'a', location: 'b' };

  it.each([
    ['a type without schema', 'google_nothing', {}, /no schema in test\/data/],
    ['an unknown argument', 'google_storage_bucket', { ...bucket, colour: 1 }, /colour: unknown/],
    ['a missing one', 'google_storage_bucket', { name: 'a' }, /location: missing/],
    [
      'one of another type',
      'google_storage_bucket',
      { ...bucket, force_destroy: 'no' },
      /got "no", expected "bool"/,
    ],
    [
      'one that the provider sets',
      'google_storage_bucket',
      { ...bucket, url: 'x' },
      /url: the provider sets it/,
    ],
    [
      'a deprecated one',
      'google_compute_subnetwork',
      { name: 'a', network: 'b', enable_flow_logs: true },
      /deprecated/,
    ],
    [
      'too many blocks',
      'google_storage_bucket',
      { ...bucket, versioning: [{ enabled: true }, { enabled: true }] },
      /got 2 blocks, expected 0 to 1/,
    ],
    [
      'an unknown argument in a block',
      'google_storage_bucket',
      { ...bucket, versioning: { on: true } },
      /versioning\.on: unknown/,
    ],
    ['a map of another type', 'google_storage_bucket', { ...bucket, labels: { a: 1 } }, /labels: got/],
  ])('fails for %s', (_, type, values, message) => {
    expect(schemaProblems('resource', type, values).join('\n')).toMatch(message);
  });

  it('passes over what Terraform itself adds, and over expressions', () => {
    expect(
      schemaProblems('resource', 'google_storage_bucket', {
        ...bucket,
        force_destroy: '${var.x}',
        depends_on: ['a.b'],
        lifecycle: {},
        timeouts: { create: '60m' },
      }),
    ).toEqual([]);
  });
});
