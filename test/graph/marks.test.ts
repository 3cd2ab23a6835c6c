import { buildGraph, drawGraph, type Marked, markChanges } from '../../src/graph';
import { readInput } from '../../src/output';
import { join } from 'node:path';

const input = readInput(join(__dirname, '../../examples/gitlab-data/platform.yaml'));
const [platform] = input.platforms;
const graph = buildGraph(platform!);
const locate = (path: readonly (string | number)[]) => input.loaded.locate(path, null);
const marks = (...changes: readonly (Marked | null)[]) => [...markChanges(graph, locate, changes)];
const lineOf = (...path: string[]) => locate(path).line;

describe('the marks of what changes', () => {
  it.each<[string, string[], string, string]>([
    [
      'database:airflow',
      ['databases', 'airflow'],
      'google_sql_database_instance',
      'google_sql_database_instance.airflow',
    ],
    [
      'pool:platform/highmem',
      ['cluster', 'nodePools', 'highmem'],
      'google_container_node_pool',
      'google_container_node_pool.highmem',
    ],
    [
      'airflow:production',
      ['airflow', 'production'],
      'Deployment',
      'apps/v1/Deployment/production/airflow-production-scheduler',
    ],
  ])('are at %s for a change of what it stands for', (id, path, kind, address) => {
    const found = marks({ line: lineOf(...path), kind, address, level: 'info' });
    expect(found.map(([node]) => node)).toEqual([id]);
  });

  it('have the colour of the worst change, and count those that are somewhere', () => {
    const line = lineOf('databases', 'airflow');
    const change = (level: Marked['level']): Marked => ({
      line,
      kind: 'google_sql_user',
      address: 'google_sql_user.a',
      level,
    });
    const [[, mark] = []] = marks(change('info'), null, change('danger'));
    expect(mark).toMatchObject({ level: 'danger', changes: [0, 2] });
  });

  it('can be chosen in the drawing, by keyboard too', async () => {
    const found = markChanges(graph, locate, [
      { line: lineOf('databases', 'airflow'), kind: 'google_sql_user', address: 'x', level: 'warning' },
    ]);
    const { markup } = await drawGraph(graph, { style: false, marks: found });
    expect(markup).toMatch(
      /class="tl-node tl-database tl-mark tl-mark-warning" data-part="0" role="button" tabindex="0"/,
    );
    expect((await drawGraph(graph, { style: false })).markup).not.toContain('data-part');
  });
});
