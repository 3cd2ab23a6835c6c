import type { ConfigPath, Problem } from '../config/problem';
import { formatPath } from '../config/problem';
import { outerNames } from './owned-names';
import type { Platform } from './platform';

/** Components of an Airflow that are Deployments called after it. */
const airflowComponents = ['api-server', 'scheduler', 'dag-processor', 'triggerer'];

/** A name that must be the only one of its kind within its range. */
export interface OwnedName {
  /** The kind of thing, in a sentence. */
  readonly kind: string;
  /** Within what the name must be the only one: a project, a region of it, a namespace, the world. */
  readonly range: string;
  readonly name: string;
  /** The setting that names it, or the part of the configuration that it is named after. */
  readonly path: ConfigPath;
  /** What to do where two environments share it. @default - have it named after the environment */
  readonly fix?: string;
}

/** A name that two parts of the configuration would share. */
export interface SharedName {
  /** Index of the platform, of those given, that comes second. */
  readonly platform: number;
  readonly problem: Problem;
}

/**
 * Every name of a platform that Google or Kubernetes takes only once. Computed names are kept apart by their parts and,
 * where they are shortened, by a hash; typed ones are not.
 */
export function namesOf(platform: Platform): OwnedName[] {
  const { project, network } = platform;
  const region = `${project}/${platform.region}`;
  const one = (kind: string, range: string, name: string, path: ConfigPath): OwnedName => ({
    kind,
    range,
    name,
    path,
  });
  return [
    ...[
      platform.stateBucket,
      ...(platform.accessLogBucket === null ? [] : [platform.accessLogBucket]),
      ...platform.buckets,
    ]
      .filter(({ existing }) => !existing)
      .map((b) =>
        one('bucket', 'the world', b.name, b.purpose === 'data' ? [...b.origin, 'name'] : b.origin),
      ),
    ...platform.topics.flatMap((topic) => [
      one('topic', project, topic.name, [...topic.origin, 'name']),
      ...topic.subscriptions.map((s) => one('subscription', project, s.name, [...s.origin, 'name'])),
    ]),
    ...(platform.encryption?.keyRings ?? []).map((ring) =>
      one('key ring', `${project}/${ring.location}`, ring.name, ['encryption', 'keyRing']),
    ),
    ...platform.identities.map((i) => one('Google service account', project, i.accountId, i.origin)),
    one('network', project, network.name, network.origin),
    one('subnet', region, network.subnetName, network.origin),
    one('reserved range', project, network.databasesRangeName, network.origin),
    one('router', region, network.routerName, network.origin),
    one('NAT', region, network.natName, network.origin),
    ...network.natAddressNames.map((name) => one('address', region, name, network.origin)),
    ...network.addresses.map((a) =>
      one('address', a.scope === 'global' ? project : region, a.name, [...a.origin, 'name']),
    ),
    ...network.peerings.map((p) => one('peering', network.selfLink, p.name, p.origin)),
    ...(network.proxyOnly === null
      ? []
      : [one('subnet', region, network.proxyOnly.name, [...network.origin, 'proxyOnly'])]),
    one('firewall rule', project, `${network.name}-deny-all-ingress`, network.origin),
    ...network.firewallRules.map((rule) => one('firewall rule', rule.project, rule.name, rule.origin)),
    ...platform.clusters.flatMap(({ backup }) =>
      backup === null ? [] : [one('backup plan', region, backup.name, backup.origin)],
    ),
    ...platform.clusters.flatMap((cluster) => [
      one('cluster', `${project}/${cluster.location}`, cluster.name, [...cluster.origin, 'name']),
      ...cluster.nodePools.map((pool) =>
        one('node pool', `${platform.prefix}/${cluster.key}`, pool.name, pool.origin),
      ),
    ]),
    ...platform.databases.map((d) =>
      one(
        'Cloud SQL instance',
        project,
        d.name,
        d.origin[0] === 'databases' ? [...d.origin, 'instanceName'] : d.origin,
      ),
    ),
    ...platform.databases.flatMap((d) =>
      d.replicas.map((r) => one('Cloud SQL instance', project, r.name, r.origin)),
    ),
    ...platform.registries.map((r) => one('registry', region, r.name, r.origin)),
    ...platform.secrets.flatMap((secret) =>
      secret.values.map((value) => one('secret', project, value.secretId, value.origin)),
    ),
    ...platform.airflow.flatMap((a) =>
      airflowComponents.map((component) =>
        one('Deployment', `${platform.prefix}/${a.namespace}`, `airflow-${a.key}-${component}`, a.origin),
      ),
    ),
    ...platform.meltano.flatMap((m) =>
      m.scheduler === null
        ? []
        : [
            one('Deployment', `${platform.prefix}/${m.namespace}`, m.scheduler.name, [
              ...m.scheduler.origin,
              'name',
            ]),
          ],
    ),
    ...(platform.ingress?.way.kind === 'nginx'
      ? [
          one('Deployment', `${platform.prefix}/${platform.ingress.namespace}`, platform.ingress.name, [
            ...platform.ingress.origin,
            'name',
          ]),
        ]
      : []),
    ...outerNames(platform),
    ...platform.airflowPipelines.flatMap(({ airflow, dags }) =>
      dags.map((dag) => one('DAG', `${platform.prefix}/${airflow}`, dag.id, [...dag.origin, 'dagId'])),
    ),
    ...platform.pipelines.map((p) => one('CronJob', `${platform.prefix}/${p.namespace}`, p.name, p.origin)),
  ];
}

/** The names that several owners would have, within one platform or between environments. */
export function findSharedNames(platforms: readonly Platform[]): SharedName[] {
  const owners = new Map<string, { platform: number; path: ConfigPath }>();
  return platforms.flatMap((platform, index) =>
    namesOf(platform).flatMap(({ kind, range, name, path, fix }) => {
      const id = `${kind} ${range} ${name}`;
      const owner = owners.get(id);
      owners.set(id, owner ?? { platform: index, path });
      if (owner === undefined) return [];
      const across = owner.platform !== index;
      const first = platforms[owner.platform]?.environment ?? '';
      return {
        platform: index,
        problem: {
          path,
          message: across
            ? `the environments '${first}' and '${platform.environment ?? ''}' would share the ${kind} '${name}'`
            : `the ${kind} '${name}' would be that of ${formatPath(owner.path)} as well`,
          found: name,
          allowed: across
            ? 'names that differ between the environments of one project'
            : `names that no other ${kind} has`,
          fix: across
            ? (fix ??
              `leave it out to have it named after the environment, or write it below environments.${platform.environment ?? ''} as well`)
            : 'choose another name, or leave it out to have it named after its key',
        },
      };
    }),
  );
}
