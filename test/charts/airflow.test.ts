import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fullProduction, referenceRoles, twoInstances } from './airflow-fixture';
import { manifestsOf, podOf, synth, type TestManifest, type TestPod } from './platform-fixture';

const full = synth(twoInstances(fullProduction, '    version: 2.11.2'));
const plain = synth(twoInstances());

type Synthesized = typeof full;

function find(from: Synthesized, kind: string, name: string | RegExp, namespace?: string): TestManifest {
  const found = manifestsOf(from).find(
    (one) =>
      one.kind === kind &&
      (namespace === undefined || one.metadata.namespace === namespace) &&
      (typeof name === 'string' ? one.metadata.name === name : name.test(one.metadata.name)),
  );
  if (found === undefined) throw new Error(`there is no ${kind} ${String(name)}`);
  return found;
}

const has = (from: Synthesized, kind: string, name: RegExp): boolean =>
  manifestsOf(from).some((one) => one.kind === kind && name.test(one.metadata.name));

function podIn(from: Synthesized, name: string | RegExp): TestPod {
  const deployment = manifestsOf(from).find(
    ({ kind, metadata }) =>
      ['Deployment', 'Job'].includes(kind) &&
      (typeof name === 'string' ? metadata.name === name : name.test(metadata.name)),
  );
  const pod = deployment === undefined ? undefined : podOf(deployment);
  if (pod === undefined) throw new Error(`nothing of the name ${String(name)} makes pods`);
  return pod;
}

/** The pod that the KubernetesExecutor makes, as the scheduler reads it. */
function workerOf(from: Synthesized, key: string): TestPod {
  const map = find(from, 'ConfigMap', new RegExp(`^airflow-${key}-pod-template-`));
  return JSON.parse(map.data?.['pod-template.yaml'] ?? '') as TestPod;
}

const envOf = (pod: TestPod): Record<string, string | undefined> =>
  Object.fromEntries((pod.spec.containers[0]?.env ?? []).map(({ name, value }) => [name, value]));

const mountsOf = (pod: TestPod): string[] =>
  (pod.spec.containers[0]?.volumeMounts ?? []).map(({ mountPath }) => mountPath);

describe('settings of Airflow', () => {
  /** Releases and what they were read from: see the files. */
  const options = new Map(
    ['2.11.2', '3.2.2', '3.3.2'].map((version) => [
      version,
      JSON.parse(readFileSync(join(__dirname, '../fixtures/airflow-options', `${version}.json`), 'utf8')) as {
        options: Record<string, string[]>;
        sensitive: string[];
      },
    ]),
  );
  const shapes = {
    plain: '',
    'a pod for each task': '\n    executor: KubernetesExecutor',
    'seen from outside': `\n    host: a.example.com\n    replicas: { apiServer: 3 }`,
    statsd: '\n    metrics: statsd\n    logs: { volume: {} }\n    pgbouncer: {}',
    otel: '\n    metrics: { otel: {} }',
    roles: `\n    auth:${referenceRoles}`,
  };

  it.each(
    [...options.keys()].flatMap((version) =>
      Object.entries(shapes).map(([shape, lines]) => [version, shape, lines] as const),
    ),
  )(
    'exist in version %s, %s, and are read by a command only where Airflow asks commands',
    (version, _, lines) => {
      const { options: known, sensitive } = options.get(version) ?? { options: {}, sensitive: [] };
      const pods = manifestsOf(
        synth(twoInstances(`    version: ${version}${lines}`)),
        '50-airflow-production',
      ).flatMap((manifest) => {
        const template = manifest.data?.['pod-template.yaml'];
        return template === undefined ? (podOf(manifest) ?? []) : (JSON.parse(template) as TestPod);
      });
      const names = new Set(
        pods.flatMap((pod) => Object.keys(envOf(pod))).filter((name) => name.startsWith('AIRFLOW__')),
      );
      expect(names.size).toBeGreaterThan(12);
      const unknown = [...names].filter((name) => {
        const [, section = '', option = '', command] = /^AIRFLOW__(.+?)__(.+?)(_CMD)?$/.exec(name) ?? [];
        const path = `${section}.${option}`.toLowerCase();
        if (command !== undefined && !sensitive.includes(path)) return true;
        return known[section.toLowerCase()]?.includes(option.toLowerCase()) !== true;
      });
      expect(unknown).toEqual([]);
    },
  );
});

describe('two Airflows in a cluster', () => {
  it('have databases, logs, keys and identities of their own', () => {
    const of = (key: string) => {
      const env = envOf(podIn(plain, `airflow-${key}-scheduler`));
      const pod = podIn(plain, `airflow-${key}-scheduler`);
      return {
        account: pod.spec.serviceAccountName,
        database: env.AIRFLOW__DATABASE__SQL_ALCHEMY_CONN?.split('/').at(-1),
        logs: env.AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER,
        key: env.AIRFLOW__CORE__FERNET_KEY_CMD,
        api: env.AIRFLOW__CORE__EXECUTION_API_SERVER_URL,
      };
    };
    expect(of('production')).toEqual({
      account: 'airflow-production',
      database: 'airflow',
      logs: 'gs://gitlab-analysis-gitlab-airflow-production-logs/logs',
      key: 'cat /run/secrets/tapline-airflow-production/fernet-key',
      api: 'http://airflow-production-api-server:8080/execution/',
    });
    const [one, other] = [of('production'), of('testing')];
    for (const name of Object.keys(one) as (keyof typeof one)[]) expect(other[name]).not.toBe(one[name]);
  });

  it('open nothing to each other', () => {
    const policy = find(plain, 'NetworkPolicy', 'airflow-testing').spec;
    expect(JSON.stringify(policy)).not.toContain('production');
  });
});

describe('the KubernetesExecutor', () => {
  const worker = workerOf(full, 'production');
  const scheduler = podIn(full, 'airflow-production-scheduler');

  it('makes pods from a template that the scheduler mounts', () => {
    expect(envOf(scheduler)).toMatchObject({
      AIRFLOW__CORE__EXECUTOR: 'KubernetesExecutor',
      AIRFLOW__KUBERNETES_EXECUTOR__NAMESPACE: 'production',
      AIRFLOW__KUBERNETES_EXECUTOR__POD_TEMPLATE_FILE: '/opt/airflow/pod-template/pod-template.yaml',
    });
    expect(mountsOf(scheduler)).toContain('/opt/airflow/pod-template');
    expect(worker.spec.containers.map(({ name }) => name)).toEqual(['base']);
  });

  it('gives tasks neither the database nor the keys, and an identity of their own', () => {
    expect(worker.spec.serviceAccountName).toBe('airflow-production-worker');
    expect(worker.spec.initContainers?.map(({ name }) => name)).toEqual(['git-sync']);
    expect(Object.keys(envOf(worker)).filter((name) => /DATABASE|FERNET|JWT|SECRET/.test(name))).toEqual([]);
    expect(mountsOf(worker).filter((path) => path.startsWith('/run/secrets/'))).toEqual([]);
  });

  it('brings tasks to their pool, and the autoscaler leaves them alone', () => {
    expect(worker).toMatchObject({
      metadata: { annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' } },
      spec: {
        nodeSelector: { 'tapline.dev/pool': 'production-task' },
        tolerations: [{ key: 'tapline.dev/pool', value: 'production-task' }],
        restartPolicy: 'Never',
      },
    });
    expect(worker.spec.containers[0]?.resources.requests).toMatchObject({ memory: '2Gi' });
  });

  it('leaves the arguments to the executor, with secrets in the environment too', () => {
    expect(worker.spec.containers[0]).toMatchObject({ command: ['env'] });
    expect(worker.spec.containers[0]).not.toHaveProperty('args');
    const withSecret = workerOf(
      synth(twoInstances('    executor: KubernetesExecutor\n    env: { TOKEN: { secret: git/token } }')),
      'production',
    ).spec.containers[0];
    expect(withSecret?.command?.slice(-2)).toEqual(['tapline', 'env']);
    expect(withSecret?.command?.[2]).toContain('TOKEN="$(cat /run/secrets/git/token)"');
    expect(withSecret).not.toHaveProperty('args');
  });

  it('may make pods in its own namespace, run commands only in those where tasks make pods, and see nothing else', () => {
    const rules = (name: string, namespace: string) =>
      (
        find(full, 'Role', name, namespace) as unknown as {
          rules: { resources: string[]; verbs: string[] }[];
        }
      ).rules;
    expect(rules('airflow-production-executor', 'production').flatMap(({ resources }) => resources)).toEqual([
      'pods',
      'pods/log',
      'events',
    ]);
    expect(rules('airflow-production-pods', 'testing').flatMap(({ resources }) => resources)).toContain(
      'pods/exec',
    );
    expect(find(full, 'RoleBinding', 'airflow-production-pods', 'testing')).toMatchObject({
      subjects: [
        { name: 'airflow-production', namespace: 'production' },
        { name: 'airflow-production-worker', namespace: 'production' },
      ],
    });
    expect(has(full, 'Role', /^airflow-testing/)).toBe(false);
  });

  it('has a token of Kubernetes where it is needed, and nowhere else', () => {
    const token = '/var/run/secrets/kubernetes.io/serviceaccount';
    const holders = ['api-server', 'scheduler', 'dag-processor', 'triggerer'].filter((part) =>
      mountsOf(podIn(full, `airflow-production-${part}`)).includes(token),
    );
    expect(holders).toEqual(['api-server', 'scheduler', 'triggerer']);
    expect(JSON.stringify(scheduler.spec.initContainers)).not.toContain(token);
    expect(JSON.stringify(podIn(plain, 'airflow-production-scheduler'))).not.toContain(token);
    expect(find(full, 'NetworkPolicy', 'airflow-production').spec).toMatchObject({
      egress: expect.arrayContaining([
        { to: [{ ipBlock: { cidr: '10.40.0.0/20' } }], ports: [{ port: 443, protocol: 'TCP' }] },
      ]),
    });
  });

  it('lets tasks of Airflow 2 work on the database as the login of the components', () => {
    const legacy = workerOf(
      synth(twoInstances('    version: 2.11.2\n    executor: KubernetesExecutor')),
      'production',
    );
    expect(legacy.spec.serviceAccountName).toBe('airflow-production');
    expect(legacy.spec.initContainers).toMatchObject([{ name: 'cloud-sql-proxy', restartPolicy: 'Always' }]);
    expect(envOf(legacy)).toHaveProperty('AIRFLOW__DATABASE__SQL_ALCHEMY_CONN');
    expect(mountsOf(legacy)).toContain('/run/secrets/tapline-airflow-production');
  });
});

describe('a rollout loses no task', () => {
  it('waits for the tasks of the LocalExecutor, and no other scheduler gives them up meanwhile', () => {
    const pod = podIn(synth(twoInstances('    drainSeconds: 300')), 'airflow-production-scheduler');
    expect(pod.spec).toMatchObject({ terminationGracePeriodSeconds: 300 });
    expect(Number(envOf(pod).AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_THRESHOLD)).toBeGreaterThan(300);
  });

  it('leaves pods of the KubernetesExecutor to the next scheduler', () => {
    const pod = podIn(full, 'airflow-production-scheduler');
    expect(pod.spec).toMatchObject({ terminationGracePeriodSeconds: 60 });
    expect(envOf(pod)).not.toHaveProperty('AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_THRESHOLD');
  });

  it('moves one pod of a component at a time and never holds back a node', () => {
    const budgets = manifestsOf(full, '50-airflow-production').filter(
      ({ kind }) => kind === 'PodDisruptionBudget',
    );
    expect(budgets.map(({ metadata }) => metadata.name).sort()).toEqual(
      ['api-server', 'dag-processor', 'pgbouncer', 'scheduler', 'triggerer'].map(
        (part) => `airflow-production-${part}`,
      ),
    );
    for (const { spec } of budgets) expect(spec).toMatchObject({ maxUnavailable: 1 });
  });
});

describe('the api-server', () => {
  it('is scaled by its CPU where a range is asked for, and then has no number of its own', () => {
    expect(find(full, 'HorizontalPodAutoscaler', 'airflow-production-api-server').spec).toMatchObject({
      scaleTargetRef: { kind: 'Deployment', name: 'airflow-production-api-server' },
      minReplicas: 2,
      maxReplicas: 4,
    });
    expect(find(full, 'Deployment', 'airflow-production-api-server').spec).not.toHaveProperty('replicas');
    expect(has(plain, 'HorizontalPodAutoscaler', /./)).toBe(false);
  });

  it('believes the load balancer only where it has a host', () => {
    const server = podIn(full, 'airflow-production-api-server');
    expect(server.spec.containers[0]?.command).toContain('--proxy-headers');
    expect(envOf(server)).toMatchObject({
      AIRFLOW__API__BASE_URL: 'https://airflow.gitlabdata.com',
      AIRFLOW__FAB__ENABLE_PROXY_FIX: 'True',
      AIRFLOW__FAB__COOKIE_SECURE: 'True',
    });
    const inside = podIn(plain, 'airflow-production-api-server');
    expect(JSON.stringify(inside)).not.toMatch(/proxy-headers|FORWARDED_ALLOW_IPS|PROXY_FIX/);
  });

  it('signs people in by an issuer, and reads its secrets from files', () => {
    const { data } = find(full, 'ConfigMap', /^airflow-production-webserver-config-[0-9a-f]{8}$/);
    expect(JSON.parse(data?.['oauth.json'] ?? '')).toMatchObject({
      issuer: 'https://gitlab.com',
      clientSecretFile: '/run/secrets/sso/secret',
      groupsClaim: 'groups_direct',
      roles: {
        'group:gitlab-data/analysts': ['Analytics_engineer', 'Profile', 'User'],
        'person:@gitlab.com': ['Viewer'],
      },
    });
    expect(mountsOf(podIn(full, 'airflow-production-api-server'))).toEqual(
      expect.arrayContaining(['/run/secrets/sso', '/opt/airflow/webserver-config']),
    );
    expect(mountsOf(podIn(full, 'airflow-production-scheduler'))).not.toContain('/run/secrets/sso');
  });
});

describe('Airflow 2.11', () => {
  const server = podIn(full, 'airflow-testing-webserver');

  it('has a webserver in the place of the api-server', () => {
    expect(server.spec.containers[0]).toMatchObject({
      command: ['airflow', 'webserver', '--port=8080'],
      readinessProbe: { httpGet: { path: '/health', port: 8080 } },
    });
    expect(envOf(server)).toMatchObject({
      AIRFLOW__WEBSERVER__SECRET_KEY_CMD: 'cat /run/secrets/tapline-airflow-testing/api-secret-key',
      AIRFLOW__SCHEDULER__STANDALONE_DAG_PROCESSOR: 'True',
    });
    expect(has(full, 'Service', /^airflow-testing-webserver$/)).toBe(true);
    expect(has(full, 'Deployment', /^airflow-testing-api-server$/)).toBe(false);
  });

  it('shows a sample that it understands', () => {
    expect(find(full, 'ConfigMap', /^airflow-testing-sample-dag/).data?.['tapline_sample.py']).toContain(
      'from airflow.decorators import dag, task',
    );
  });
});

describe('keys', () => {
  it('are rotated by naming the one before, which still decrypts', () => {
    expect(envOf(podIn(full, 'airflow-production-triggerer')).AIRFLOW__CORE__FERNET_KEY_CMD).toBe(
      `sh -c 'printf "%s,%s" "$$(cat /run/secrets/fernet/new)" "$$(cat /run/secrets/tapline-airflow-production/fernet-key)"'`,
    );
    expect(mountsOf(podIn(full, 'airflow-production-triggerer'))).toEqual(
      expect.arrayContaining(['/run/secrets/fernet', '/run/secrets/tapline-airflow-production']),
    );
  });
});

describe('PgBouncer', () => {
  it('is what all pods but the Jobs connect to, so that they need no proxy', () => {
    const scheduler = podIn(full, 'airflow-production-scheduler');
    expect(scheduler.spec.initContainers?.map(({ name }) => name)).toEqual(['git-sync', 'check-migrations']);
    expect(envOf(scheduler).AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD).toContain(
      '@airflow-production-pgbouncer:6432/airflow',
    );
    expect(envOf(scheduler)).not.toHaveProperty('AIRFLOW__DATABASE__SQL_ALCHEMY_CONN');
    const migration = podIn(full, /^airflow-production-migrate-/);
    expect(migration.spec.initContainers?.map(({ name }) => name)).toEqual(['cloud-sql-proxy']);
    expect(envOf(migration).AIRFLOW__DATABASE__SQL_ALCHEMY_CONN).toContain('127.0.0.1:5432');
  });

  it('holds no password, and logs in to the database as the service account', () => {
    const ini = find(full, 'ConfigMap', /^airflow-production-pgbouncer-/).data?.['pgbouncer.ini'];
    expect(ini).toContain("user='gitlab-airflow-production@gitlab-analysis.iam'");
    expect(ini).not.toMatch(/password=/);
    expect(podIn(full, 'airflow-production-pgbouncer').spec.initContainers).toMatchObject([
      { name: 'cloud-sql-proxy', restartPolicy: 'Always' },
    ]);
  });
});

describe('logs', () => {
  it('are written by those who run tasks', () => {
    const synthesized = synth(twoInstances('    executor: KubernetesExecutor'));
    expect(envOf(workerOf(synthesized, 'production'))).toMatchObject({
      AIRFLOW__LOGGING__REMOTE_LOGGING: 'True',
    });
  });

  it('are on a volume that many nodes write, where one is asked for', () => {
    const synthesized = synth(twoInstances('    logs: { volume: { sizeGi: 2048 } }'));
    expect(find(synthesized, 'PersistentVolumeClaim', 'airflow-production-logs').spec).toMatchObject({
      accessModes: ['ReadWriteMany'],
      storageClassName: 'standard-rwx',
      resources: { requests: { storage: '2Ti' } },
    });
    const pod = podIn(synthesized, 'airflow-production-scheduler');
    expect(mountsOf(pod)).toContain('/opt/airflow/logs');
    expect(envOf(pod)).toMatchObject({ AIRFLOW__LOGGING__BASE_LOG_FOLDER: '/opt/airflow/logs' });
    expect(envOf(pod)).not.toHaveProperty('AIRFLOW__LOGGING__REMOTE_LOGGING');
  });
});

describe('metrics', () => {
  it('are taken by an exporter that Prometheus may read and Airflow may write', () => {
    expect(find(full, 'Service', 'airflow-production-statsd').spec).toMatchObject({
      ports: [
        { name: 'metrics', port: 9102, protocol: 'TCP' },
        { name: 'statsd', port: 9125, protocol: 'UDP' },
      ],
    });
    const policy = JSON.stringify(find(full, 'NetworkPolicy', 'airflow-production').spec);
    expect(policy).toContain('"gke-gmp-system"');
    expect(policy).toContain('{"port":9125,"protocol":"UDP"}');
  });

  it('go to a collector of the cluster, and the policy opens its namespace', () => {
    const synthesized = synth(twoInstances('    metrics: { otel: {} }'));
    expect(envOf(podIn(synthesized, 'airflow-production-scheduler'))).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://opentelemetry-collector.gke-managed-otel.svc.cluster.local:4318',
    });
    expect(JSON.stringify(find(synthesized, 'NetworkPolicy', 'airflow-production').spec)).toContain(
      '"gke-managed-otel"',
    );
  });
});

describe('DAGs', () => {
  const dags = (lines: string) =>
    podIn(synth(twoInstances(`    dags:\n      ${lines}`)), 'airflow-production-dag-processor');
  const argsOf = (pod: TestPod) =>
    pod.spec.initContainers?.find(({ name }) => name === 'git-sync')?.args ?? [];

  it('come from a private repository by a key, and the port of ssh is open', () => {
    const pod = podIn(full, 'airflow-production-dag-processor');
    expect(argsOf(pod)).toEqual(
      expect.arrayContaining([
        '--repo=git@gitlab.com:gitlab-data/analytics.git',
        '--ssh-key-file=/run/secrets/git/ssh',
        '--ssh-known-hosts-file=/run/secrets/git/known_hosts',
      ]),
    );
    expect(mountsOf(pod)).not.toContain('/run/secrets/git');
    expect(JSON.stringify(find(full, 'NetworkPolicy', 'airflow-production').spec)).toContain('{"port":22,');
    expect(JSON.stringify(find(plain, 'NetworkPolicy', 'airflow-production').spec)).not.toContain(
      '{"port":22,',
    );
  });

  it('come by a token or by an application of GitHub, which are in files', () => {
    expect(argsOf(dags('git: { url: "https://gitlab.com/a/b.git", token: { secret: git/token } }'))).toEqual(
      expect.arrayContaining(['--username=git', '--password-file=/run/secrets/git/token']),
    );
    const app = 'githubApp: { applicationId: 7, installationId: 8, privateKey: { secret: git/app } }';
    expect(argsOf(dags(`git: { url: "https://github.com/a/b.git", ${app} }`))).toEqual(
      expect.arrayContaining([
        '--github-app-application-id=7',
        '--github-app-installation-id=8',
        '--github-app-private-key-file=/run/secrets/git/app',
      ]),
    );
  });

  it('are bundles that Airflow clones, with connections that name files', () => {
    const pod = dags(
      'bundles: { main: { url: "git@github.com:a/b.git", sshKey: { secret: git/ssh }, knownHosts: { secret: git/known_hosts } } }',
    );
    const env = envOf(pod);
    expect(JSON.parse(env.AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST ?? '')).toEqual([
      {
        name: 'main',
        classpath: 'airflow.providers.git.bundles.git.GitDagBundle',
        kwargs: {
          repo_url: 'git@github.com:a/b.git',
          tracking_ref: 'main',
          subdir: 'dags',
          refresh_interval: 300,
          git_conn_id: 'tapline_git_main',
        },
      },
    ]);
    expect(JSON.parse(env.AIRFLOW_CONN_TAPLINE_GIT_MAIN ?? '')).toMatchObject({
      conn_type: 'git',
      extra: { key_file: '/run/secrets/git/ssh', strict_host_key_checking: 'yes' },
    });
    expect(mountsOf(pod)).toContain('/run/secrets/git');
  });

  it('are in the image', () => {
    expect(envOf(dags('image: /srv/dags'))).toMatchObject({ AIRFLOW__CORE__DAGS_FOLDER: '/srv/dags' });
  });
});

describe('roles', () => {
  it('are provisioned by a Job that waits for the migrations', () => {
    const pod = podIn(full, /^airflow-production-provision-/);
    expect(pod.spec.initContainers?.map(({ name }) => name)).toEqual(['cloud-sql-proxy', 'check-migrations']);
    const { data } = find(full, 'ConfigMap', /^airflow-production-provision-/);
    expect(JSON.parse(data?.['provision.json'] ?? '')).toMatchObject({
      roles: {
        Analytics_engineer: [
          { action: 'menu_access', resource: 'Admin' },
          { action: 'can_edit', resource: 'Variables' },
          { action: 'can_read', resource: 'Variables' },
          { action: 'menu_access', resource: 'Variables' },
        ],
      },
    });
    expect(has(plain, 'Job', /provision/)).toBe(false);
  });
});

it('limits every scratch folder, and writes requests and limits for every container', () => {
  const pods = [full, plain].flatMap((synthesized) => [
    ...manifestsOf(synthesized, '50-airflow').flatMap((manifest) => podOf(manifest) ?? []),
  ]);
  pods.push(workerOf(full, 'production'));
  expect(pods.length).toBeGreaterThan(15);
  for (const { spec } of pods) {
    for (const volume of spec.volumes ?? []) {
      if (volume.emptyDir !== undefined) expect(volume.emptyDir.sizeLimit).toMatch(/Mi|Gi/);
    }
    for (const container of [...spec.containers, ...(spec.initContainers ?? [])]) {
      expect(Object.keys(container.resources.requests).sort()).toEqual([
        'cpu',
        'ephemeral-storage',
        'memory',
      ]);
      expect(Object.keys(container.resources.limits)).toHaveLength(3);
      expect(container.securityContext).toMatchObject({ readOnlyRootFilesystem: true, runAsNonRoot: true });
    }
  }
});
