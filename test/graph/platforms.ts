import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPlatforms, type Platform } from '../../src/model';

const root = join(__dirname, '../..');

export function parsed(text: string): readonly Platform[] {
  return loadPlatforms({ name: 'platform.yaml', text }).platforms;
}

function only(text: string): Platform {
  const [platform] = parsed(text);
  if (platform === undefined) throw new Error('the configuration gives no platform');
  return platform;
}

export function example(name: string): Platform {
  return only(readFileSync(join(root, 'examples', name, 'platform.yaml'), 'utf8'));
}

/** Three namespaces, two databases, pools of every kind, and as many pipelines as asked. */
export function large(pipelines: number, environments = ''): string {
  const schedules = ['"0 6 * * *"', '"0 6 * * *"', '"@hourly"'];
  const many = Array.from({ length: pipelines }, (_, i) => {
    const rest = i === 1 ? ', suspended: true, env: { TOKEN: { secret: extra/token } }' : '';
    return `  p${String(i)}: { meltano: core, run: tap-a target-b, schedule: ${schedules[i % 3] ?? ''}${rest} }`;
  });
  return `
version: 1
name: northwind
google: { project: northwind-data, region: europe-west4 }
cluster:
  nodePools:
    highmem: { machineType: n2-highmem-4, nodes: { min: 1, max: 2 } }
    tasks: { machineType: n2-standard-4, nodes: { min: 2, max: 5 }, dedicated: true }
    testing: { machineType: n2-standard-4, nodes: { min: 0, max: 2 }, dedicated: true, spot: true }
databases:
  airflow: { databases: [airflow] }
  warehouse: { version: POSTGRES_17, databases: [warehouse] }
secrets:
  shared: { keys: [user, password], namespaces: [production] }
  extra: { keys: [token], namespaces: [production] }
  unread: { keys: [token], namespaces: [production] }
namespaces: { production: {}, testing: {}, idle: {} }
airflow:
  main: { namespace: production, database: airflow/airflow, dags: { git: { url: "https://git.example.com/dags.git" } } }
meltano:
  core: { namespace: production, pool: tasks, env: { USER: { secret: shared/user } } }
  finance: { namespace: testing, database: warehouse/warehouse }
pipelines:
${many.join('\n')}
  ledger: { meltano: finance, run: tap-c target-d, pool: testing }
${environments}`;
}

/** The platform with every occurrence of a text, in keys of objects as well as in values, replaced by another. */
export function renamed(platform: Platform, from: string, to: string): Platform {
  const escaped = (text: string) => JSON.stringify(text).slice(1, -1);
  return JSON.parse(JSON.stringify(platform).replaceAll(escaped(from), () => escaped(to))) as Platform;
}

/** Names that mean something to Mermaid, XML, HTML, Markdown, Graphviz or a terminal. */
export const hostileNames: readonly string[] = [
  '"]; click meltano_x call alert() %%',
  '<script>alert(1)</script>',
  '</title></svg><img src=x onerror=alert(1)>',
  '`**bold**` - 1. [link](javascript:alert(1))',
  'fa:fa-car style x:#fff; #quot; &lt; &amp;',
  'a\nend\nsubgraph evil["x"]',
  '\u0000\u001b[31m\u202egnp.exe\ud800',
  '$$x^2$$ |pipe| {brace} (round) >flag] ]]>',
  'x'.repeat(400),
  '数据平台-Über-🚀',
];
