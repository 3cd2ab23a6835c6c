import { type Region, regionNames, zonesOf } from '../../src/config/regions';
import { OuterDraws } from './arbitrary-outer';
import { PipelineDraws } from './arbitrary-pipelines';
import { StorageDraws } from './arbitrary-storage';
import { alphanumerics, Draws, type Gen, letters, shortKey, text, type Tree } from './draws';
import { fc } from './property';

export type { Tree };

/** A file as it is typed: before defaults, with its environments. */
export interface ArbitraryConfig extends Tree {
  name: string;
  google: { project: string; region: string } & Tree;
  environments?: Record<string, Tree>;
}

export interface ArbitraryOptions {
  /** How many environments the file declares. @default - none to three, at random */
  readonly environments?: { readonly min: number; readonly max: number };
  /** Whether every name is as long as it may be, and begins like the others. @default false */
  readonly longest?: boolean;
}

/**
 * Valid configurations that use every section, with references that hold.
 *
 * Give one to `JSON.stringify` to get a file: JSON is YAML.
 */
export function arbitraryConfig(options: ArbitraryOptions = {}): fc.Arbitrary<ArbitraryConfig> {
  return fc.gen().map((g) => new Builder(g, options).build());
}

const plainValues = [
  'x',
  '',
  '120',
  'true',
  'LocalExecutor',
  '"quoted"',
  'two\nlines',
  '$HOME',
  'ümläut 日本',
  '- a: b',
];

class Builder extends Draws {
  private readonly namespaces: string[];
  private readonly pools: string[];
  /** Clusters beside the first: their pools, none where it is Autopilot. */
  private readonly clusters: { key: string; pools: string[] }[];
  private readonly clusterOf = new Map<string, { key: string; pools: string[] }>();
  private readonly secrets: { key: string; keys: string[]; namespaces: string[] | undefined }[] = [];
  private readonly storage: StorageDraws;

  constructor(
    g: Gen,
    private readonly options: ArbitraryOptions,
  ) {
    super(g, options.longest ?? false);
    this.storage = new StorageDraws(g, this.longest);
    this.namespaces = this.keys(0, 3);
    this.pools = this.keys(0, 3);
    this.clusters = this.keys(0, 2).map((key) => ({ key, pools: this.keys(0, 2) }));
    for (const namespace of this.namespaces) {
      if (this.clusters.length > 0 && this.flag()) this.clusterOf.set(namespace, this.one(this.clusters));
    }
  }

  build(): ArbitraryConfig {
    const databases = this.databases();
    const registries = this.record(0, 2, () => this.registry());
    this.chooseSecrets();
    const airflow = this.airflow(databases);
    const meltano = this.record(0, 3, () => this.meltano(databases, registries));
    const pipelines = new PipelineDraws(this.g, this.longest, {
      meltano,
      airflow,
      clusterOf: (name) => this.clusterOf.get(name ?? this.namespaces[0] ?? '')?.key ?? '',
    }).pipelines(this.pipelines(meltano));
    const region = this.longest ? 'northamerica-northeast1' : this.one(regionNames);
    const config: ArbitraryConfig = {
      version: 1,
      name: this.longest ? 'a-platform-with-24-chars' : this.g(() => shortKey),
      google: {
        project: this.longest ? 'acme-project-of-30-characters1' : `acme-${this.short(1, 20)}`,
        region,
        ...this.maybe('projectNumber', () => this.one([123456789012, '210987654321'])),
        ...this.maybe('apis', () => ['admin.googleapis.com']),
      },
      ...this.maybe('production', () => this.flag()),
      ...this.maybe('labels', () => ({ team: 'data', 'cost-centre': '4711' })),
      ...this.maybe('network', () => this.network()),
      ...(this.pools.length > 0 || this.flag() ? { cluster: this.cluster(region, this.pools) } : {}),
      ...this.some('clusters', this.furtherClusters(region)),
      ...this.some('databases', databases),
      ...this.some('registries', {
        ...registries,
        // A registry that is declared takes the place of the one that there is by default.
        ...(Object.keys(registries).length === 0 ? {} : this.storage.mirrors()),
      }),
      ...this.some(
        'secrets',
        Object.fromEntries(
          this.secrets.map(({ key, keys, namespaces }) => [
            key,
            {
              keys,
              ...(namespaces === undefined ? {} : { namespaces }),
              ...this.maybe('perNamespace', () => this.flag()),
            },
          ]),
        ),
      ),
      ...this.maybe('secretDelivery', () => this.one(['addon', 'external-secrets', 'manual'])),
      ...this.some(
        'namespaces',
        Object.fromEntries(
          this.namespaces.map((name) => {
            const cluster = this.clusterOf.get(name)?.key;
            return [
              name,
              {
                ...(cluster === undefined ? {} : { cluster }),
                ...this.maybe('labels', () => ({ tier: 'x' })),
              },
            ];
          }),
        ),
      ),
      ...this.some('airflow', airflow),
      ...this.some('meltano', meltano),
      ...this.some('pipelines', pipelines),
    };
    Object.assign(
      config,
      this.storage.sections({
        numbered: 'projectNumber' in config.google,
        meltano: Object.keys(meltano),
      }),
    );
    const environments = this.environments(pipelines);
    Object.assign(
      config,
      new OuterDraws(this.g, this.longest).sections({
        numbered: 'projectNumber' in config.google,
        single: Object.keys(environments).length < 2,
        config,
      }),
    );
    return Object.keys(environments).length === 0 ? config : { ...config, environments };
  }

  private network(): Tree {
    // Smaller ones have no room for the pods of all the nodes that may be asked for.
    const prefix = this.number(12, 16);
    const peerings = this.record(0, 2, (_, i) => ({
      network: `projects/acme-other/global/networks/other-${i}`,
      ...this.maybe('exportCustomRoutes', () => this.flag()),
      ...this.maybe('importCustomRoutes', () => this.flag()),
    }));
    return {
      cidr: this.one([`10.16.0.0/${prefix}`, `172.24.0.0/${Math.max(prefix, 13)}`]),
      ...this.maybe('nodes', () => '192.168.0.0/22'),
      ...this.maybe('services', () => '192.168.64.0/20'),
      ...this.maybe('databases', () => this.one(['192.168.128.0/24', '192.168.128.0/20'])),
      // Half of a small range is too little for the pods of many nodes.
      ...(prefix > 18 ? { pods: '100.64.0.0/14' } : this.maybe('pods', () => '100.64.0.0/14')),
      ...this.maybe('flowLogs', () => this.flag()),
      ...this.maybe('natAddresses', () => this.number(0, 16)),
      ...this.maybe('proxyOnly', () => this.flag()),
      ...this.some(
        'addresses',
        this.record(0, 2, () => this.maybe('scope', () => this.one(['regional', 'global']))),
      ),
      ...this.some('peerings', peerings),
      ...this.some(
        'firewall',
        this.record(0, 2, () => this.firewallRule(Object.keys(peerings))),
      ),
    };
  }

  private firewallRule(peerings: readonly string[]): Tree {
    return {
      ...this.maybe('description', () => 'For the old warehouse'),
      ...this.one([{}, { direction: 'ingress' }, { direction: 'egress', action: 'deny' }]),
      ranges: ['10.200.0.0/16', '203.0.113.0/24'].slice(0, this.number(1, 2)),
      protocols: [{ protocol: 'tcp', ports: [5432, '8000-8100'] }, { protocol: 'icmp' }],
      ...this.maybe('priority', () => this.number(0, 65533)),
      ...(peerings.length > 0 && this.flag()
        ? { peering: this.one(peerings), tags: ['warehouse'] }
        : this.maybe('tags', () => ['warehouse'])),
    };
  }

  private furtherClusters(region: string): Tree {
    return Object.fromEntries(
      this.clusters.map(({ key, pools }, i) => {
        const { zones, ...settings } = this.cluster(region, pools);
        const zone = { zone: zonesOf(region as Region)[0] };
        const where =
          pools.length === 0 ? this.one([{ autopilot: true }, zone]) : this.one([zone, { zones }, {}]);
        return [
          key,
          { ...settings, ...where, pods: `10.${128 + 8 * i}.0.0/15`, services: `10.${200 + i}.0.0/20` },
        ];
      }),
    );
  }

  private cluster(region: string, pools: readonly string[]): Tree {
    const zones = zonesOf(region as Region);
    return {
      ...this.maybe('zones', () => zones.slice(0, this.number(1, zones.length))),
      ...this.maybe('securityGroup', () => 'gke-security-groups@example.com'),
      ...this.maybe('binaryAuthorization', () => this.flag()),
      ...this.maybe('backup', () => ({ retainDays: this.number(7, 30), lockDays: this.number(0, 7) })),
      ...this.maybe('releaseChannel', () => this.one(['rapid', 'regular', 'stable', 'extended'])),
      ...this.maybe('authorizedNetworks', () => ({ office: '203.0.113.0/24', home: '198.51.100.7/32' })),
      ...this.maybe('deletionProtection', () => this.flag()),
      ...this.maybe('maintenance', () => ({
        start: '22:30',
        durationHours: 12,
        days: ['WE'],
        ...this.maybe('exclusions', () => ({
          freeze: { start: '2031-12-20T00:00:00Z', end: '2032-01-04T00:00:00Z' },
        })),
      })),
      ...(pools.length === 0 ? {} : { nodePools: this.nodePools(pools) }),
    };
  }

  private nodePools(pools: readonly string[]): Tree {
    return Object.fromEntries(
      pools.map((key, i) => {
        const min = this.number(0, 4);
        // The first has no taint, so that workloads without a pool have somewhere to go.
        const dedicated = i > 0 && this.flag();
        return [
          key,
          {
            nodes: { min, max: min + this.number(1, 5) },
            ...this.one([
              {},
              { machineType: 'e2-standard-2', diskType: 'pd-standard' },
              { machineType: 'n2-highmem-4', diskType: 'pd-ssd', localSsdCount: 1 },
              { machineType: 'c4a-standard-8' },
              { machineType: 'n4-standard-4', diskType: 'hyperdisk-balanced' },
            ]),
            ...this.maybe('diskSizeGb', () => this.number(10, 500)),
            ...this.maybe('maxPodsPerNode', () => this.one([8, 32, 110])),
            ...this.maybe('locationPolicy', () => this.one(['balanced', 'any'])),
            ...this.maybe('serviceAccount', () => this.one(['cluster', 'own'])),
            ...this.maybe('upgrade', () =>
              this.one([
                { maxSurge: 2 },
                { strategy: 'blue-green' },
                { strategy: 'blue-green', soakMinutes: 5 },
              ]),
            ),
            ...this.maybe('tags', () => ['warehouse']),
            ...this.maybe('spot', () => this.flag()),
            ...(dedicated ? { dedicated } : {}),
            ...this.maybe('labels', () => ({ 'example.com/use': 'batch', zeta: 'z', alpha: 'a' })),
            ...(i > 0 && this.flag() ? { taints: [{ key: 'gpu', value: 'yes', effect: 'NO_EXECUTE' }] } : {}),
          },
        ];
      }),
    );
  }

  private databases(): Record<string, { databases: string[] } & Tree> {
    return this.record(0, 2, (_, i) => ({
      databases: this.distinct(1, 3, 63).map((name) => name.replaceAll('-', '_')),
      // A name that is typed is the same in every environment, which is refused.
      ...(this.options.environments?.max === 0 ? this.maybe('instanceName', () => `instance-${i}`) : {}),
      ...this.maybe('version', () => this.one(['POSTGRES_16', 'POSTGRES_18'])),
      ...this.one([
        {},
        { tier: 'db-custom-2-7680' },
        { edition: 'ENTERPRISE_PLUS', tier: 'db-perf-optimized-N-2' },
      ]),
      ...this.maybe('diskSizeGb', () => this.number(10, 1000)),
      ...this.maybe('highAvailability', () => this.flag()),
      ...this.maybe('backups', () => ({ start: '01:15', retained: this.number(1, 365) })),
      ...this.maybe('flags', () => ({ work_mem: 8192, log_min_duration_statement: '500' })),
      ...this.maybe('insights', () => ({ queryStringLength: this.number(256, 4500) })),
      ...this.maybe('maintenance', () => ({
        day: 'WE',
        track: this.one(['canary', 'stable', 'week5']),
        deny: { start: '12-20', end: '01-06' },
      })),
      ...this.maybe('connect', () => ({ psc: { allowedProjects: ['other-project'] } })),
      ...this.maybe('replicas', () => ({ near: {} })),
      ...this.maybe('roles', () => ({ readonly: { read: ['sfdc', 'public'], write: ['sandbox'] } })),
      ...this.maybe('users', () => ({
        ana: { member: 'user:ana@example.com', access: this.one(['read', 'write', 'own']) },
        team: { member: 'group:team@example.com' },
        [`looker${i}`]: { login: 'password' },
      })),
      ...this.maybe('deletionProtection', () => this.flag()),
    }));
  }

  private registry(): Tree {
    const python = this.flag() && this.flag();
    return {
      ...(python ? { format: 'python' } : this.maybe('format', () => 'docker')),
      ...(python ? {} : this.maybe('immutableTags', () => this.flag())),
      ...this.maybe('keepVersions', () => this.number(1, 100)),
      ...(python ? {} : this.maybe('vulnerabilityScanning', () => this.one(['project', 'on', 'off']))),
      ...this.maybe('readers', () => ['group:analysts@example.com']),
    };
  }

  private chooseSecrets(): void {
    for (const key of this.keys(0, 3)) {
      const start = this.namespaces.length < 2 ? 0 : this.number(0, this.namespaces.length - 1);
      const namespaces = this.namespaces.slice(start);
      this.secrets.push({
        key,
        keys: this.distinct(1, 4, 120).map((name) => (this.flag() ? name.replaceAll('-', '.') : name)),
        namespaces: this.namespaces.length > 1 ? namespaces : undefined,
      });
    }
  }

  private airflow(databases: Record<string, { databases: string[] } & Tree>): Record<string, Tree> {
    const references = Object.entries(databases).flatMap(([key, { databases: names }]) =>
      names.map((name) => `${key}/${name}`),
    );
    // With no instance declared there is one implied database, for one Airflow.
    const most = Object.keys(databases).length === 0 ? 1 : Math.min(2, references.length);
    return this.record(0, most, (_, i) => {
      const namespace = this.namespace();
      return {
        ...namespace.setting,
        ...(references.length === 0 ? {} : { database: references[i] }),
        ...this.airflowSettings(namespace.name),
        ...this.pool(namespace.name),
        ...this.maybe('serviceAccount', () => this.serviceAccount(`airflow${i}`)),
        ...this.env(namespace.name),
        ...this.maybe('resources', () => ({ scheduler: { cpu: 2, memory: '4Gi' } })),
        ...this.egress(),
      };
    });
  }

  /** What does not depend on other sections; an Airflow 2 is asked for nothing that it lacks. */
  private airflowSettings(namespace: string | undefined): Tree {
    const old = this.one([true, false, false, false]);
    const executes = this.flag();
    const url = 'https://git.example.com/dags.git';
    const [git, bundles] = [{ git: { url } }, { bundles: { main: { url } } }];
    return {
      ...(old ? { version: '2.11.2' } : this.maybe('version', () => this.one(['3.2.1', '3.3.2']))),
      ...(executes ? { executor: 'KubernetesExecutor' } : {}),
      ...(executes ? this.maybe('workers', () => ({ resources: { memory: '2Gi' } })) : {}),
      ...this.maybe('host', () => `airflow-${this.number(0, 1_000_000_000)}.example.com`),
      ...this.maybe('parallelism', () => this.number(1, 200)),
      ...this.maybe('drainSeconds', () => this.number(30, 3600)),
      ...this.maybe('replicas', () => ({
        apiServer: this.one([3, { min: 1, max: 4 }, { min: 2, max: 3, cpuPercent: 60 }]),
        scheduler: this.number(1, 3),
      })),
      // It reads one folder of DAGs, which pipelines may need.
      ...(old
        ? {}
        : this.maybe('dags', () => this.one<Tree>([git, bundles, { image: '/opt/airflow/dags' }]))),
      ...(namespace === undefined ? {} : this.maybe('podNamespaces', () => [namespace])),
      ...this.maybe('logs', () => this.one(['bucket', { volume: {} }, { volume: { sizeGi: 2048 } }])),
      ...this.maybe('metrics', () => this.one(['none', 'statsd', { otel: {} }])),
      ...this.maybe('pgbouncer', () => this.one([{}, { poolSize: 10, maxClientConnections: 100 }])),
      ...this.maybe('auth', () => ({
        roles: { Analyst: { Variables: ['can_read', 'menu_access'], 'DAG:e_orders': ['can_read'] } },
      })),
    };
  }

  private meltano(databases: Record<string, { databases: string[] } & Tree>, registries: Tree): Tree {
    const i = this.number(0, 1_000_000_000);
    const namespace = this.namespace();
    const docker = Object.entries(registries).flatMap(([key, registry]) =>
      (registry as Tree).format === 'python' ? [] : [key],
    );
    const [one] = Object.entries(databases);
    // Without a registry declared there is a docker one by default; of several, the image says which.
    const needsImage = Object.keys(registries).length > 0 && docker.length !== 1;
    const image = `${docker[0] ?? 'docker.io'}/elt:1.0.${i}`;
    return {
      ...this.maybe('project', () => './meltano'),
      ...namespace.setting,
      ...this.pool(namespace.name),
      ...(needsImage || this.flag()
        ? { image: Object.keys(registries).length === 0 ? `ghcr.io/${image}` : image }
        : {}),
      ...this.maybe('directory', () => '/srv/elt'),
      ...this.maybe('serviceAccount', () => this.serviceAccount(`meltano${i}`)),
      ...this.maybe('state', () => this.one(['gs', 'none'])),
      ...(one !== undefined && this.flag() ? { database: `${one[0]}/${one[1].databases[0] ?? ''}` } : {}),
      ...this.maybe('scheduler', () => ({
        ...this.maybe('name', () => `scheduler-${i}`),
        ...this.maybe('labels', () => ({ role: 'scheduler', app: `elt-${i}` })),
        ...this.maybe('prepare', () => this.one([[], ['meltano', 'install']])),
      })),
      ...this.env(namespace.name),
      ...this.maybe('resources', () => ({ cpu: 0.5, cpuLimit: 4, memory: '2Gi', ephemeralStorage: '5Gi' })),
      ...this.egress(),
    };
  }

  private pipelines(meltano: Record<string, Tree>): Record<string, Tree> {
    const projects = Object.entries(meltano);
    if (projects.length === 0) return {};
    return this.record(0, 4, () => {
      const [key, project] = this.one(projects);
      const namespace = project.namespace as string | undefined;
      return {
        meltano: key,
        run: this.one(['tap-a target-b', 'tap-postgres target-snowflake dbt-snowflake:build']),
        ...this.maybe('schedule', () => this.one(['@daily', '*/15 * * * *', '0 6 * * MON-FRI'])),
        ...this.maybe('timeZone', () => this.one(['Europe/Berlin', 'Etc/UTC', 'America/New_York'])),
        ...this.pool(namespace),
        ...this.maybe('timeoutSeconds', () => this.number(60, 86400)),
        ...this.maybe('retries', () => this.number(0, 10)),
        ...this.maybe('suspended', () => this.flag()),
        ...this.maybe('cronJob', () => ({
          ...this.maybe('successfulJobsHistoryLimit', () => this.number(0, 100)),
          ...this.maybe('failedJobsHistoryLimit', () => this.number(0, 100)),
          ...this.maybe('ttlSecondsAfterFinished', () => this.number(60, 604800)),
          ...this.maybe('failOnExitCodes', () => [this.number(1, 120), this.number(121, 255)]),
        })),
        ...this.env(namespace ?? this.namespaces[0]),
        ...this.maybe('resources', () => ({ cpu: '250m', memory: '512Mi', memoryLimit: '1Gi' })),
      };
    });
  }

  private environments(pipelines: Tree): Record<string, Tree> {
    const { min, max } = this.options.environments ?? { min: 0, max: 3 };
    const name = this.longest
      ? text(alphanumerics, 2, 2).map((end) => `environment016${end}`)
      : fc
          .tuple(fc.constantFrom(...letters), text(alphanumerics, 0, 15))
          .map(([first, rest]) => first + rest);
    const names = this.g(() => fc.uniqueArray(name, { minLength: min, maxLength: max }));
    const removable = Object.keys(pipelines)[0];
    return Object.fromEntries(
      names.map((environment) => [
        environment,
        {
          ...this.maybe('production', () => this.flag()),
          ...this.maybe('network', () => ({ flowLogs: this.flag() })),
          ...this.maybe('labels', () => ({ team: 'other' })),
          ...this.maybe('google', () => ({ apis: ['drive.googleapis.com'] })),
          ...(removable === undefined || this.flag() ? {} : { pipelines: { [removable]: null } }),
        },
      ]),
    );
  }

  private env(namespace: string | undefined): Tree {
    const readable = this.secrets.filter(
      ({ namespaces }) =>
        namespaces === undefined || (namespace !== undefined && namespaces.includes(namespace)),
    );
    const secret = readable.length === 0 ? undefined : this.one(readable);
    return this.maybe('env', () => ({
      ...this.maybe('PLAIN', () => this.one(plainValues)),
      ...this.maybe('A_NUMBER', () => this.number(0, 1000)),
      ...this.maybe('MAYBE', () => this.flag()),
      ...this.maybe('A_TOKEN', () => ({ value: 'public', notSecret: true })),
      ...(secret === undefined ? {} : { SF_PASSWORD: { secret: `${secret.key}/${this.one(secret.keys)}` } }),
    }));
  }

  private egress(): Tree {
    return this.maybe('egress', () => [{ cidr: '10.200.0.0/16', ports: [5432, 443] }]);
  }

  private namespace(): { name: string | undefined; setting: Tree } {
    if (this.namespaces.length === 0) return { name: undefined, setting: {} };
    const name = this.one(this.namespaces);
    return { name, setting: this.namespaces.length > 1 || this.flag() ? { namespace: name } : {} };
  }

  private pool(namespace: string | undefined): Tree {
    const cluster = this.clusterOf.get(namespace ?? this.namespaces[0] ?? '');
    const pools = cluster === undefined ? (this.pools.length === 0 ? ['main'] : this.pools) : cluster.pools;
    return pools.length === 0 ? {} : this.maybe('pool', () => this.one(pools));
  }

  private serviceAccount(name: string): string {
    return this.longest ? `${name}-`.padEnd(63, 'x') : `sa-${name}`;
  }
}
