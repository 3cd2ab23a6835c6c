import { buildGraph } from '../../src/graph';
import { parsed } from './platforms';

const graph = buildGraph(
  ...parsed(`
version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
network: { proxyOnly: true }
cluster: { autopilot: true }
clusters:
  runner: { zone: europe-west1-b, pods: 10.80.0.0/17, services: 10.81.0.0/20 }
namespaces: { elt: { cluster: runner }, web: {} }
meltano:
  elt: { namespace: elt }
  web: { namespace: web }
`),
);

describe('the graph of several clusters', () => {
  it('shows each with its own namespaces, and pools only where it has any', () => {
    const frames = graph.groups.filter(({ parent }) => parent?.startsWith('cluster:'));
    expect(frames.map(({ id }) => id)).toEqual([
      'namespace:platform/web',
      'namespace:runner/elt',
      'pools:runner',
    ]);
    expect(graph.groups.find(({ id }) => id === 'cluster:platform')?.detail).toBe(
      'europe-west1, Autopilot, regular channel',
    );
    expect(graph.groups.find(({ id }) => id === 'cluster:runner')?.detail).toBe(
      'europe-west1-b, regular channel',
    );
  });

  it('says which addresses the pods of each have', () => {
    const said = graph.edges.filter(({ to }) => to === 'network').map(({ sentence }) => sentence);
    expect(said.join('\n')).toMatch(
      /acme have .* pods of 10\.40\.128\.0\/17\.\n.*acme-runner have .* 10\.80\.0\.0\/17\./,
    );
  });

  it('shows the range of the proxies where there is one', () => {
    expect(graph.nodes.find(({ id }) => id === 'network')?.lines).toContain('proxies 10.40.48.0/20');
  });

  it('lets a workload on Autopilot run on no pool, and another on those of its cluster', () => {
    const pools = (from: string) =>
      graph.edges.filter((edge) => edge.kind === 'placement' && edge.from === from);
    expect(pools('meltano:web')).toEqual([]);
    expect(pools('meltano:elt').map(({ to }) => to)).toEqual(['pool:runner/main']);
  });
});
