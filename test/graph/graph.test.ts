import { buildGraph, type Graph } from '../../src/graph';
import { example, large, parsed } from './platforms';

const gitlab = buildGraph(example('gitlab-meltano'));
const big = (pipelines: number) => buildGraph(...parsed(large(pipelines)));
const edges = (graph: Graph, from: string) =>
  graph.edges.filter((edge) => edge.from === from).map((edge) => `${edge.kind} ${edge.to}`);
const node = (graph: Graph, id: string) => graph.nodes.find((one) => one.id === id);

describe('the graph of a platform', () => {
  it('shows what a Meltano project may reach: database, secrets, bucket, pool and registry', () => {
    expect(edges(gitlab, 'meltano:gitlab').sort()).toEqual([
      'bucket bucket:state-gitlab',
      'database database:airflow',
      'image registry:images',
      'placement pool:platform/main',
      'secret secret:admin-sdk',
      'secret secret:airflow-db',
      'secret secret:tap-secrets',
    ]);
  });

  it('says that the database is reached through the proxy with IAM login', () => {
    const edge = gitlab.edges.find((one) => one.kind === 'database' && one.from === 'meltano:gitlab');
    expect(edge?.label).toBe('IAM login to airflow-meta');
    expect(edge?.sentence).toMatch(/Cloud SQL Auth Proxy.*gitlab-meltano-gitlab@gitlab-analysis\.iam:/);
  });

  it.each(['gitlab-meltano', 'minimal'])('gives each workload of %s an edge to its database', (name) => {
    const platform = example(name);
    const graph = buildGraph(platform);
    for (const airflow of platform.airflow) {
      expect(edges(graph, `airflow:${airflow.key}`)).toContain(
        `database database:${airflow.database.instance}`,
      );
    }
    for (const project of platform.meltano.filter((one) => one.database !== null)) {
      expect(edges(graph, `meltano:${project.key}`)).toContain(
        `database database:${project.database?.instance ?? ''}`,
      );
    }
    for (const pipeline of platform.pipelines) {
      expect(edges(graph, `pipeline:${pipeline.key}`)).toContain(`part-of meltano:${pipeline.meltano}`);
    }
  });

  it('shows the Job that grants the rights, with the secret it reads', () => {
    expect(edges(gitlab, 'bootstrap:airflow')).toEqual([
      'database database:airflow',
      'secret secret:tapline-bootstrap-airflow',
    ]);
  });

  it('joins the cluster and the databases to the network', () => {
    expect(gitlab.edges.filter((edge) => edge.to === 'network').map((edge) => edge.from)).toEqual([
      'cluster:platform',
      'database:airflow',
    ]);
  });

  it('groups by project, cluster, namespace and kind of data, each frame after the one around it', () => {
    expect(gitlab.groups.map((group) => [group.id, group.parent])).toEqual([
      ['project', null],
      ['cluster:platform', 'project'],
      ['namespace:platform/gitlab', 'cluster:platform'],
      ['pools:platform', 'cluster:platform'],
      ['data', 'project'],
      ['data:sql', 'data'],
      ['data:buckets', 'data'],
      ['data:secrets', 'data'],
      ['data:registries', 'data'],
    ]);
    const groups = new Set(gitlab.groups.map((group) => group.id));
    for (const one of gitlab.nodes) expect(groups).toContain(one.group);
  });

  it.each([1, 40])('has no edge to something that is not drawn, with %d pipelines', (count) => {
    const graph = big(count);
    const ids = [...graph.nodes, ...graph.groups].map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const edge of graph.edges) {
      expect(ids).toContain(edge.from);
      expect(ids).toContain(edge.to);
    }
  });

  it('counts the values of a secret and never holds one', () => {
    expect(node(gitlab, 'secret:tap-secrets')?.lines).toEqual(['6 values']);
    expect(JSON.stringify(gitlab)).not.toContain('LocalExecutor');
  });

  it('says of a secret that nobody reads it, and of a namespace that nothing runs there', () => {
    const graph = big(1);
    expect(node(graph, 'secret:unread')?.lines).toContain('read by nobody');
    expect(node(graph, 'empty:namespace:platform/idle')?.title).toBe('nothing runs here');
  });

  it('draws a pipeline with a pool or a secret of its own an edge of its own, and no other', () => {
    const graph = big(2);
    expect(edges(graph, 'pipeline:ledger')).toEqual([
      'part-of meltano:finance',
      'placement pool:platform/testing',
    ]);
    expect(edges(graph, 'pipeline:p1')).toEqual(['part-of meltano:core', 'secret secret:extra']);
    expect(edges(graph, 'pipeline:p0')).toEqual(['part-of meltano:core']);
  });

  it('puts a workload without a pool on those that have no taint', () => {
    expect(edges(big(1), 'meltano:finance')).toContain('placement pool:platform/highmem');
    expect(edges(big(1), 'meltano:finance')).not.toContain('placement pool:platform/tasks');
  });

  it('tells where the DAGs come from without the scheme', () => {
    expect(node(big(1), 'airflow:main')?.lines[0]).toBe('DAGs from git.example.com/dags.git at main');
  });

  it('draws twelve pipelines of a project one by one', () => {
    const titles = big(12)
      .nodes.filter((one) => one.kind === 'pipeline')
      .map((one) => one.title);
    expect(titles).toHaveLength(13);
    expect(titles).toContain('p11');
  });

  it('folds thirteen pipelines of a project into one that says so and counts their schedules', () => {
    const graph = big(13);
    const folded = node(graph, 'pipelines:core');
    expect(folded).toMatchObject({
      title: '13 pipelines',
      caption: 'Pipelines of core, folded',
      lines: ['9 × 0 6 * * *', '4 × @hourly', '1 suspended'],
    });
    expect(node(graph, 'pipeline:p0')).toBeUndefined();
    expect(node(graph, 'pipeline:ledger')).toBeDefined();
    expect(edges(graph, 'pipelines:core')).toEqual(['part-of meltano:core', 'secret secret:extra']);
  });

  it('keeps environments apart in one picture', () => {
    const graph = buildGraph(...parsed(large(1, 'environments: { production: {}, staging: {} }')));
    const ids = graph.nodes.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(graph.groups.filter((group) => group.parent === null).map((group) => group.detail)).toEqual([
      'europe-west4, environment production',
      'europe-west4, environment staging',
    ]);
    for (const edge of graph.edges) expect(edge.from.split('/')[0]).toBe(edge.to.split('/')[0]);
  });

  it('does not depend on the order in the file', () => {
    const turned = large(3).replace('  p0:', '  zz:').replace('  p2:', '  p0:').replace('  zz:', '  p2:');
    const ids = (text: string) => buildGraph(...parsed(text)).nodes.map((one) => one.id);
    expect(ids(turned)).toEqual(ids(large(3)));
  });
});

it('draws the pipelines of an Airflow at it, with what their tasks reach', () => {
  const [platform] = parsed(`
version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
secrets: { warehouse: { keys: [password] } }
airflow: { main: {} }
meltano: { elt: {} }
pipelines:
  orders: { airflow: main, meltano: elt, run: tap-a target-b, schedule: "@daily" }
  dbt: { airflow: main, dependsOn: [orders], image: images/dbt:1.0.0, command: [dbt, build], env: { P: { secret: warehouse/password } } }
`);
  const { nodes, edges } = buildGraph(platform!);
  expect(nodes.find(({ id }) => id === 'dags:main')).toMatchObject({
    kind: 'pipeline',
    title: '2 DAGs',
    lines: ['1 × 0 0 * * *', '1 × after orders'],
  });
  const from = edges.filter((edge) => edge.from === 'dags:main').map(({ to, label }) => `${label} ${to}`);
  expect(from).toEqual(
    expect.arrayContaining(['run by airflow:main', 'runs in meltano:elt', 'reads secret:warehouse']),
  );
});
