import { synthCharts } from '../../charts/synth';
import { loadPlatforms, type Platform } from '../../src/model';
import type { SourceEntry } from '../../src/output';
import { synthStacks } from '../../stacks';
import { findMoves, moveResources } from '../../stacks/moves';
import { arbitraryConfig } from '../support/arbitrary-config';
import { fc } from '../support/property';
import { type Given, renamedEverywhere } from '../support/renamed';
import { dependenciesOf, type Resource, resourcesOf, stackNames } from './terraform';

const load = (config: Given): readonly Platform[] =>
  loadPlatforms({ name: 'platform.yaml', text: JSON.stringify(config) }).platforms;

/** The `moved` blocks of a stack. */
function movesOf({ files }: ReturnType<typeof synthStacks>, stack: string): Map<string, string> {
  const text = files.find(({ path }) => path === `stacks/${stack}/moved.tf`)?.content ?? '';
  const blocks = text.matchAll(/^moved \{\n {2}from = (\S+)\n {2}to {3}= (\S+)\n\}$/gm);
  return new Map([...blocks].map(([, from = '', to = '']) => [from, to]));
}

/** What Terraform does with `moved` blocks: every resource of the state goes where it is sent. */
function moved(before: readonly Resource[], after: ReturnType<typeof synthStacks>): Map<string, Resource> {
  const moves = new Map(stackNames.map((stack) => [stack as string, movesOf(after, stack)]));
  return new Map(
    before.map((resource) => {
      const to = moves.get(resource.stack)?.get(resource.address) ?? resource.address;
      return [`${resource.stack} ${to}`, resource];
    }),
  );
}

/** The arguments that reach Google; a reference is what it stands for, wherever that is. */
function argumentsOf({ values }: Resource): unknown {
  const own = Object.entries(values).filter(([key]) => key !== '//' && key !== 'depends_on');
  return JSON.parse(JSON.stringify(own).replace(/(google|random)_[a-z_]+\.[\w-]+\./g, '$1.'));
}

const byAddress = (resources: readonly Resource[]) =>
  new Map(resources.map((resource) => [`${resource.stack} ${resource.address}`, resource]));

/** Whole platforms before and after each of their keys is renamed, made once for all that is asked of them. */
const renames = fc
  .sample(fc.tuple(arbitraryConfig({ environments: { min: 0, max: 0 } }), fc.constantFrom('a', 'm', 'zz')), {
    numRuns: 4,
  })
  .map(([given, prefix]) => {
    const renamed = renamedEverywhere(given, prefix);
    const [former, current] = [load(given)[0]!, load(renamed)[0]!];
    return { renamed, former, current, before: synthStacks(former), after: synthStacks(current) };
  });

describe('a platform whose keys were all renamed', () => {
  it('is the same at Google: a plan has nothing but moves', () => {
    for (const { before, after } of renames) {
      const state = moved(resourcesOf(before), after);
      const planned = byAddress(resourcesOf(after));
      expect([...state.keys()].sort()).toEqual([...planned.keys()].sort());
      for (const [address, resource] of planned) {
        expect([address, argumentsOf(resource)]).toEqual([address, argumentsOf(state.get(address)!)]);
      }
    }
  });

  it('has the addresses that its new keys give, so that nothing reminds of the old ones', () => {
    for (const { renamed, after } of renames.slice(0, 3)) {
      const [fresh] = load({ ...renamed, renamed: {} });
      const addresses = (synthesized: ReturnType<typeof synthStacks>) =>
        [...byAddress(resourcesOf(synthesized)).keys()].sort();
      expect(addresses(after)).toEqual(addresses(synthStacks(fresh!)));
    }
  });

  it('refers to nothing that is not there', () => {
    for (const { after } of renames) {
      for (const stack of stackNames) {
        const own = resourcesOf(after, stack);
        const there = new Set(own.map(({ address }) => address));
        for (const resource of own) {
          for (const dependency of dependenciesOf(resource)) expect([...there]).toContain(dependency);
        }
      }
    }
  });

  it('is the same in Kubernetes', () => {
    for (const { former, current } of renames) {
      expect(synthCharts(current).files).toEqual(synthCharts(former).files);
    }
  });
});

describe('a renamed database', () => {
  const config = {
    version: 1,
    name: 'acme',
    google: { project: 'acme-data', region: 'europe-west1' },
    databases: { primary: { databases: ['airflow'] } },
    airflow: { main: { database: 'primary/airflow' } },
    renamed: { 'databases.main': 'databases.primary' },
  };
  const [platform] = load(config);
  const after = synthStacks(platform!);
  const named = (address: string) => resourcesOf(after).find((one) => one.address === address);

  it('keeps its name at Google, which Terraform could not change', () => {
    expect(named('google_sql_database_instance.primary')?.values).toMatchObject({ name: 'acme-main' });
    expect(named('google_sql_database_instance.main')).toBeUndefined();
  });

  it('moves with all that is in it', () => {
    expect(Object.fromEntries(movesOf(after, 'data'))).toMatchObject({
      'google_sql_database_instance.main': 'google_sql_database_instance.primary',
      'google_sql_database.main_airflow': 'google_sql_database.primary_airflow',
      'google_sql_user.main_airflow-main': 'google_sql_user.primary_airflow-main',
    });
  });

  it('is told by its new key in the maps, and stands where the file has it now', () => {
    const source = after.sources.find(({ address }) => address === 'google_sql_database_instance.primary');
    expect(source).toMatchObject({
      construct: 'data/instances/primary/instance',
      origin: ['databases', 'primary'],
    });
    expect(platform!.databases[0]?.origin).toEqual(['databases', 'primary']);
  });
});

describe('findMoves', () => {
  const entry = (name: string, origin = ['secrets', 's']): SourceEntry => ({
    unit: 'stacks/foundation',
    address: `google_secret_manager_secret_iam_member.${name}`,
    construct: name,
    origin,
  });
  const keys = [{ section: ['meltano'], from: 'b', to: 'z' }];
  const moves = (former: SourceEntry[], current: SourceEntry[]) =>
    [...findMoves(former, current, keys)].map(([from, { address }]) => [
      from.split('.')[1],
      address.split('.')[1],
    ]);

  it('follows the key, not the order', () => {
    expect(
      moves(
        [entry('s_k_meltano-b'), entry('s_k_meltano-c')],
        [entry('s_k_meltano-c'), entry('s_k_meltano-z')],
      ),
    ).toEqual([['s_k_meltano-b', 's_k_meltano-z']]);
  });

  it('leaves what has no partner where it is', () => {
    expect(moves([entry('other')], [entry('something')])).toEqual([]);
    expect(moves([entry('s_b')], [entry('s_z', ['elsewhere'])])).toEqual([]);
  });

  it('leaves what has several partners where it is', () => {
    expect(moves([entry('b_b')], [entry('z_b'), entry('b_z')])).toEqual([]);
  });

  it('takes only whole parts of a name for the key', () => {
    expect(moves([entry('ab_bc')], [entry('az_zc')])).toEqual([]);
  });
});

it('changes references in expressions and in depends_on, and nothing that only looks like one', () => {
  const target = { unit: '', address: 'google_a.new', construct: 'x/new', origin: [] };
  expect(
    moveResources(
      {
        resource: {
          google_a: { old: { note: 'google_a.old', '//': { metadata: { path: 'x/old', uniqueId: 'old' } } } },
          google_b: { b: { a: '${google_a.old.id}', depends_on: ['google_a.old'] } },
        },
      },
      new Map([['google_a.old', target]]),
    ),
  ).toEqual({
    resource: {
      google_a: { new: { note: 'google_a.old', '//': { metadata: { path: 'x/new', uniqueId: 'new' } } } },
      google_b: { b: { a: '${google_a.new.id}', depends_on: ['google_a.new'] } },
    },
  });
});
