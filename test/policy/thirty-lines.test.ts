import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { renderCharts } from '../../charts/render';
import { readInput } from '../../src/output';
import { Context, evaluate } from '../../src/policy';
import { renderStacks } from '../../stacks/render';

const file = join(__dirname, '../../conformance/platforms/thirty-lines.yaml');
const input = readInput(file);
const platform = input.platforms[0]!;
const stacks = renderStacks(input, platform).documents;
const documents = [...stacks, ...renderCharts(input, platform).documents];
const context = new Context(documents, platform.production);

describe('a private cluster with four node pools, Cloud SQL and a registry', () => {
  it('takes no more than thirty lines', () => {
    expect(readFileSync(file, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(30);
    expect(context.terraform('google_container_node_pool')).toHaveLength(4);
    expect(context.terraform('google_sql_database_instance')).toHaveLength(1);
    expect(context.terraform('google_artifact_registry_repository')).not.toHaveLength(0);
    expect(context.terraform('google_container_cluster')[0]?.body).toMatchObject({
      private_cluster_config: { enable_private_nodes: true, enable_private_endpoint: true },
    });
  });

  it('has not one finding, but for the digests of images that are not built yet', () => {
    const found = evaluate(context).filter(({ rule }) => rule.id !== 'TL-POD-014');
    expect(found.map(({ rule, resource, path }) => `${rule.id} ${resource.address} ${path}`)).toEqual([]);
  });

  it('reads nothing that is there already, so that it is planned without credentials', () => {
    expect(stacks.length).toBeGreaterThan(0);
    for (const { value } of stacks) expect(value).not.toHaveProperty('data');
  });
});
