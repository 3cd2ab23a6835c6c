import type { Tree } from './arbitrary-config';

/** A configuration as it is typed. */
export type Given = Tree;

const sections = [
  ['airflow'],
  ['buckets'],
  ['cluster', 'nodePools'],
  ['databases'],
  ['meltano'],
  ['pipelines'],
  ['registries'],
  ['secrets'],
  ['topics'],
];

/** Settings that name something by its key, and the section it is in. */
const settings: Readonly<Record<string, string>> = {
  pool: 'cluster.nodePools',
  database: 'databases',
  image: 'registries',
  secret: 'secrets',
  meltano: 'meltano',
  bucket: 'buckets',
  topic: 'topics',
  notifications: 'topics',
  of: 'databases',
  airflow: 'airflow',
  tests: 'airflow',
  standsInFor: 'meltano',
  dependsOn: 'pipelines',
};

/** Settings whose entries are SECTION/KEY where they mean a workload. */
const memberLists = ['readers', 'writers', 'publishers'];

/** Workloads that are named by the key of something else: `tasks/KEY` are those of an Airflow. */
const workloads: Readonly<Record<string, string>> = { tasks: 'airflow' };

/** What a person does who gives everything a new key: the keys, what refers to them, and `renamed`. */
export function renamedEverywhere(given: Given, prefix: string): Given {
  const renamed: Record<string, string> = {};
  const newKeys = new Map<string, string>();
  for (const section of sections) {
    const keys = Object.keys(section.reduce<Tree>((tree, part) => (tree[part] ?? {}) as Tree, given)).sort();
    keys.forEach((key, i) => {
      // The last comes first, so that no order survives by chance.
      const to = `${prefix}${keys.length - i}-renamed`;
      newKeys.set(`${section.join('.')} ${key}`, to);
      renamed[`${section.join('.')}.${key}`] = to;
    });
  }
  const walk = (value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item, path));
    if (typeof value === 'string') {
      const section = settings[path.at(-1) ?? ''];
      const [key = '', ...rest] = value.split('/');
      if (memberLists.includes(path.at(-1) ?? ''))
        return [key, newKeys.get(`${workloads[key] ?? key} ${rest.join('/')}`) ?? rest].flat().join('/');
      const to = newKeys.get(`${section ?? ''} ${key}`);
      return to === undefined ? value : [to, ...rest].join('/');
    }
    if (typeof value !== 'object' || value === null) return value;
    const section = (path[0] === 'environments' ? path.slice(2) : path).join('.');
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        newKeys.get(`${section} ${key}`) ?? key,
        walk(item, [...path, key]),
      ]),
    );
  };
  return { ...(walk(given, []) as Given), ...(newKeys.size === 0 ? {} : { renamed }) };
}
