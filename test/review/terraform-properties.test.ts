import { review } from '../../src/review';
import { compareArguments } from '../../src/review/terraform/compare';
import { factsOf, type AttributeFacts, type ResourceFacts } from '../../src/review/terraform/provider-facts';
import { applyPaths } from '../support/apply-paths';
import { fc } from '../support/property';
import { isTree, type Tree } from '../../src/review/types';
import { sideOf } from '../support/terraform-corpus';

const types = [
  'google_sql_database_instance',
  'google_storage_bucket',
  'google_container_cluster',
  'google_container_node_pool',
  'google_compute_firewall',
  'google_compute_instance',
  'google_compute_router_nat',
  'google_bigquery_dataset',
  'google_pubsub_subscription',
  'google_cloud_run_v2_job',
  'random_password',
];

/** Arguments of a type by its schema: any of them, with values that are not always alike. */
function valuesOf(facts: ResourceFacts, g: fc.GeneratorValue, parent = '', depth = 0): Tree {
  const values: Record<string, unknown> = {};
  for (const [path, attribute] of facts) {
    const name = parent === '' ? path : path.startsWith(`${parent}.`) ? path.slice(parent.length + 1) : '.';
    if (name.includes('.') || attribute.computed === 'only' || attribute.writeOnly) continue;
    if (!g(fc.boolean) || (depth > 1 && attribute.block)) continue;
    values[name] = valueOf(attribute, facts, g, path, depth);
  }
  return values;
}

function valueOf(
  attribute: AttributeFacts,
  facts: ResourceFacts,
  g: fc.GeneratorValue,
  path: string,
  depth: number,
): unknown {
  if (attribute.block) {
    // Blocks that the provider hides stand once at most.
    const count = attribute.suppress === undefined ? g(fc.integer, { min: 1, max: 2 }) : 1;
    return Array.from({ length: count }, () => valuesOf(facts, g, path, depth + 1));
  }
  const text = () => g(fc.constantFrom, 'a', 'b', 'projects/p/x', 'C.d', 'e f');
  switch (attribute.type) {
    case 'boolean':
      return g(fc.boolean);
    case 'number':
      return g(fc.integer, { min: 0, max: 3 });
    case 'map':
      return { [g(fc.constantFrom, 'k', 'l', 'm.n', 'o["p"]')]: text() };
    case 'list':
    case 'set':
      return [text(), text()];
    case 'string':
      return text();
  }
}

const resource = fc
  .tuple(fc.constantFrom(...types), fc.gen())
  .map(([type, g]) => ({ type, one: valuesOf(factsOf(type)!, g), other: valuesOf(factsOf(type)!, g) }));

const document = (type: string, values: Tree) => ({ resource: { [type]: { it: values } } });

describe('What differs between two resources', () => {
  it('is nothing between a resource and itself', () => {
    fc.assert(
      fc.property(resource, ({ type, one }) => {
        expect(
          review(sideOf(document(type, one)), sideOf(document(type, structuredClone(one)))).changes,
        ).toEqual([]);
        expect(compareArguments(one, structuredClone(one), factsOf(type))).toEqual([]);
      }),
    );
  });

  it('is all that there is: put into the one, it gives the other', () => {
    fc.assert(
      fc.property(resource, ({ type, one, other }) => {
        const facts = factsOf(type);
        const changed = applyPaths(one, compareArguments(one, other, facts));
        expect(compareArguments(changed, other, facts)).toEqual([]);
        // From the other side as well, but for what Google keeps where it is not set any more.
        const kept = ({ attribute }: { attribute: string }) =>
          attribute.split('.').some((_, index, steps) => {
            const above = facts?.get(steps.slice(0, index + 1).join('.'));
            return above?.computed === 'also' || above?.suppress !== undefined;
          });
        expect(compareArguments(other, changed, facts).filter((one) => !kept(one))).toEqual([]);
      }),
    );
  });

  it('does not come from the order of keys and set members, nor from how a value or a block is written', () => {
    fc.assert(
      fc.property(resource, ({ type, one }) => {
        const rewritten = otherwise(one, factsOf(type)!, '');
        expect(compareArguments(one, rewritten as Tree, factsOf(type))).toEqual([]);
      }),
    );
  });
});

/** The same, written in another way. */
function otherwise(value: unknown, facts: ResourceFacts, path: string): unknown {
  const attribute = facts.get(path);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => otherwise(item, facts, path));
    if (attribute?.type === 'set') return items.reverse();
    return attribute?.block === true && items.length === 1 ? items[0] : items;
  }
  if (isTree(value)) {
    const inner = (key: string) => (path === '' ? key : `${path}.${key}`);
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, item]) => [key, otherwise(item, facts, inner(key))]),
    );
  }
  return typeof value === 'string' ? value : String(value);
}
