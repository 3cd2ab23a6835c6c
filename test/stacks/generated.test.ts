import { loadPlatforms } from '../../src/model';
import type { Synthesized } from '../../src/output';
import { synthStacks } from '../../stacks';
import { arbitraryConfig } from '../support/arbitrary-config';
import { examples } from '../support/examples';
import { readInput } from '../../src/output';
import { fc } from '../support/property';
import { everything, platformOf } from './platform-fixture';
import { apiOf } from './provider-apis';
import { schemaProblems, sensitiveValues } from './provider-schema';
import { type Block, dependenciesOf, fileOf, type Resource, type StackJson } from './terraform';

interface Stack {
  readonly json: StackJson;
  readonly resources: readonly Resource[];
  /** Names of the stacks that are deployed before it. */
  readonly before: readonly string[];
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { synthesizedStackPath: string; dependencies: string[] }>>;
}

function stacksOf(synthesized: Synthesized): Map<string, Stack> {
  const { stacks } = JSON.parse(fileOf(synthesized, 'manifest.json')) as Manifest;
  const before = (name: string): string[] =>
    (stacks[name]?.dependencies ?? []).flatMap((other) => [other, ...before(other)]);
  return new Map(
    Object.entries(stacks).map(([stack, { synthesizedStackPath }]) => {
      const json = JSON.parse(fileOf(synthesized, synthesizedStackPath)) as StackJson;
      const resources = Object.entries(json.resource ?? {}).flatMap(([type, byName]) =>
        Object.entries(byName).map(([name, values]) => ({
          stack,
          type,
          name,
          address: `${type}.${name}`,
          values,
        })),
      );
      return [stack, { json, resources, before: before(stack) }];
    }),
  );
}

/** What the providers' schemas have against a platform. */
function againstSchema(stacks: ReadonlyMap<string, Stack>): string[] {
  return [...stacks.values()].flatMap(({ json, resources }) => [
    ...resources.flatMap(({ type, name, values }) =>
      schemaProblems('resource', type, values).map((problem) => `${name}: ${problem}`),
    ),
    ...Object.entries(json.ephemeral ?? {}).flatMap(([type, byName]) =>
      Object.values(byName).flatMap((values: Block) => schemaProblems('ephemeral', type, values)),
    ),
  ]);
}

/** Sensitive attributes that hold anything but a password made in the same stack and kept nowhere. */
function literals(stacks: ReadonlyMap<string, Stack>): string[] {
  return [...stacks.values()].flatMap(({ json, resources }) => {
    const passwords = Object.keys(json.ephemeral?.random_password ?? {});
    return resources.flatMap(({ address, type, values }) =>
      sensitiveValues(type, values).flatMap(([path, value]) => {
        const made = /^\$\{[^$]*ephemeral\.random_password\.([\w-]+)\.result[^$]*\}$/.exec(
          String(value),
        )?.[1];
        return made !== undefined && passwords.includes(made) ? [] : [`${address}: ${path}`];
      }),
    );
  });
}

/** Resources that Terraform might make before their API is enabled. */
function beforeTheirApi(stacks: ReadonlyMap<string, Stack>): string[] {
  return [...stacks.values()].flatMap(({ resources, before }) => {
    const byAddress = new Map(resources.map((one) => [one.address, one]));
    const reaches = (address: string, goal: string, seen = new Set<string>()): boolean => {
      if (address === goal) return true;
      const resource = byAddress.get(address);
      if (resource === undefined || seen.has(address)) return false;
      seen.add(address);
      return dependenciesOf(resource).some((next) => reaches(next, goal, seen));
    };
    return resources.flatMap(({ type, address }) => {
      if (type === 'google_project_service' || !type.startsWith('google_')) return [];
      const goal = `google_project_service.${apiOf(type) ?? '?'}`;
      const earlier = before.some((stack) =>
        stacks.get(stack)?.resources.some((resource) => resource.address === goal),
      );
      return earlier || reaches(address, goal) ? [] : [`${address}: no path to ${goal}`];
    });
  });
}

const defects = (synthesized: Synthesized): string[] => {
  const stacks = stacksOf(synthesized);
  return [...againstSchema(stacks), ...literals(stacks), ...beforeTheirApi(stacks)];
};

describe('the Terraform of any configuration', () => {
  it('fits the schemas of its providers, holds no secret, and enables each API before it is used', () => {
    fc.assert(
      fc.property(arbitraryConfig({ environments: { min: 0, max: 1 } }), (config) => {
        const { platforms } = loadPlatforms({ name: 'platform.yaml', text: JSON.stringify(config) });
        for (const platform of platforms) expect(defects(synthStacks(platform))).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  it.each(examples)('is as sound for the example %s', (_, file) => {
    for (const platform of readInput(file).platforms) expect(defects(synthStacks(platform))).toEqual([]);
  });

  it('is as sound for a platform that has everything', () => {
    expect(defects(synthStacks(platformOf(everything)))).toEqual([]);
  });
});

describe('these checks', () => {
  const stack = (resource: StackJson['resource'], before: string[] = []): [string, Stack] => {
    const resources = Object.entries(resource ?? {}).flatMap(([type, byName]) =>
      Object.entries(byName).map(([name, values]) => ({
        stack: 's',
        type,
        name,
        address: `${type}.${name}`,
        values,
      })),
    );
    return ['s', { json: { resource } as StackJson, resources, before }];
  };
  const service = { google_project_service: { storage: {} } };

  it('fail for a resource without a path to its API', () => {
    const bucket = { name: 'a', location: 'b' };
    expect(beforeTheirApi(new Map([stack({ ...service, google_storage_bucket: { a: bucket } })]))).toEqual([
      'google_storage_bucket.a: no path to google_project_service.storage',
    ]);
    const after = { ...bucket, depends_on: ['google_project_service.storage'] };
    expect(beforeTheirApi(new Map([stack({ ...service, google_storage_bucket: { a: after } })]))).toEqual([]);
  });

  it('take an API of an earlier stack for enabled', () => {
    const [, first] = stack(service);
    const [, second] = stack({ google_storage_bucket: { a: {} } }, ['first']);
    expect(
      beforeTheirApi(
        new Map([
          ['first', first],
          ['second', second],
        ]),
      ),
    ).toEqual([]);
  });

  it('fail for a type of which nobody has said which API it belongs to', () => {
    expect(beforeTheirApi(new Map([stack({ google_unheard_of: { a: {} } })]))).toHaveLength(1);
  });

  it('fail for a literal in a sensitive attribute', () => {
    expect(
      literals(
        new Map([stack({ google_sql_user: { a: { name: 'a', instance: 'b', password_wo: 'hunter2' } } })]),
      ),
    ).toEqual(['google_sql_user.a: google_sql_user.password_wo']);
  });
});
