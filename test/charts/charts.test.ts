import { everything, manifestsOf, podOf, synth } from './platform-fixture';

const addon = synth(everything('addon'));
const find = (synthesized: typeof addon, kind: string, name: string | RegExp) => {
  const found = manifestsOf(synthesized).find(
    (m) =>
      m.kind === kind && (typeof name === 'string' ? m.metadata.name === name : name.test(m.metadata.name)),
  );
  if (found === undefined) throw new Error(`there is no ${kind} ${String(name)}`);
  return found;
};

describe('secrets', () => {
  it('are mounted by the add-on where something reads them, and nowhere else', () => {
    const names = manifestsOf(addon, '20-secrets').map(
      (m) => `${m.metadata.namespace ?? ''}/${m.metadata.name}`,
    );
    expect(names).toEqual([
      'production/tapline-airflow-main',
      'production/tapline-bootstrap-main',
      'production/taps',
    ]);
  });

  it('are read by External Secrets as a service account that may read them', () => {
    const synthesized = synth(everything('external-secrets'));
    expect(find(synthesized, 'ExternalSecret', 'tapline-bootstrap-main').spec).toMatchObject({
      secretStoreRef: { name: 'bootstrap-main' },
    });
    expect(find(synthesized, 'SecretStore', 'bootstrap-main').spec).toMatchObject({
      provider: {
        gcpsm: {
          projectID: 'acme-data',
          auth: {
            workloadIdentity: { clusterName: 'acme', clusterLocation: 'europe-west1' },
          },
        },
      },
    });
  });

  it('are read in each namespace as a service account of that namespace', () => {
    const synthesized = synth(`
version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
secretDelivery: external-secrets
namespaces: { a: {}, b: {} }
secrets: { taps: { keys: [token], namespaces: [a, b] } }
meltano:
  one: { project: ./one, namespace: a, env: { T: { secret: taps/token } } }
  two: { project: ./two, namespace: b, env: { T: { secret: taps/token } } }
`);
    const stores = manifestsOf(synthesized)
      .filter((m) => m.kind === 'ExternalSecret')
      .map((m) => [m.metadata.namespace, m.spec.secretStoreRef?.name]);
    expect(stores).toEqual([
      ['a', 'meltano-one'],
      ['b', 'meltano-two'],
    ]);
  });

  it('are told by hand as commands in a file that kubectl passes over', () => {
    const synthesized = synth(everything('manual'));
    const page = synthesized.files.find(({ path }) => path === 'platform/20-secrets.md')?.content;
    expect(page).toContain('kubectl create secret generic taps --namespace=production');
    expect(page).toContain(
      '--from-file=pass.word=<(gcloud secrets versions access latest --project=acme-data --secret=acme-taps--',
    );
    expect(page).toContain('generic tapline-airflow-main ');
    expect(synthesized.files.map(({ path }) => path)).not.toContain('platform/20-secrets.k8s.yaml');
  });
});

describe('secrets whose values differ between namespaces', () => {
  const config = (delivery: string) => `
version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
secretDelivery: ${delivery}
namespaces: { production: {}, testing: {} }
secrets: { tap: { keys: [token], namespaces: [production, testing], perNamespace: true } }
meltano:
  elt: { namespace: production, image: docker.io/acme/elt:1, env: { T: { secret: tap/token } } }
  test: { namespace: testing, image: docker.io/acme/elt:1, env: { T: { secret: tap/token } } }
pipelines:
  orders: { meltano: elt, run: tap-a target-b }
  trial: { meltano: test, run: tap-a target-b }
`;

  it.each(['addon', 'external-secrets', 'manual'])('come to each as its own, by %s', (delivery) => {
    const { files } = synth(config(delivery));
    const text = files.find(({ path }) => path.startsWith('platform/20-secrets'))!.content;
    const [production, testing] = ['production', 'testing'].map((namespace) =>
      text
        .split(delivery === 'manual' ? '## ' : '---')
        .filter((part) => part.includes(`acme-tap--${namespace}--token`)),
    );
    expect(production).toHaveLength(1);
    expect(testing).toHaveLength(1);
    expect(production![0]).toMatch(/namespace[:=] ?production/);
    expect(testing![0]).toMatch(/namespace[:=] ?testing/);
  });
});

describe('Meltano', () => {
  it('brings a pipeline to its pool', () => {
    expect(podOf(find(addon, 'CronJob', 'orders'))?.spec).toMatchObject({
      nodeSelector: { 'tapline.dev/pool': 'tasks' },
      tolerations: [{ key: 'tapline.dev/pool', operator: 'Equal', value: 'tasks', effect: 'NoSchedule' }],
    });
  });

  it('suspends a pipeline without a schedule', () => {
    expect(find(addon, 'CronJob', 'backfill').spec.suspend).toBe(true);
    expect(find(addon, 'CronJob', 'orders').spec.suspend).toBe(false);
  });

  it('closes everything but what the project asks for', () => {
    const policy = JSON.stringify(find(addon, 'NetworkPolicy', 'meltano-elt').spec);
    expect(policy).toContain('"10.1.0.0/16"');
    expect(policy).toContain('3307');
    expect(JSON.stringify(find(addon, 'NetworkPolicy', 'bootstrap-main').spec)).not.toContain('10.1.0.0/16');
    expect(find(addon, 'NetworkPolicy', 'default-deny').spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  it('opens the internet on port 443 once, although Google and the project both need it', () => {
    const policy = JSON.stringify(find(addon, 'NetworkPolicy', 'meltano-elt').spec);
    expect(policy.split('0.0.0.0/0').length - 1).toBe(1);
  });
});

describe('databases', () => {
  it('give each login its own database and no other', () => {
    const sql = find(addon, 'ConfigMap', /^bootstrap-main/).data?.['grants.sql'];
    expect(sql).toContain('ON DATABASE "airflow" TO "acme-airflow-main@acme-data.iam"');
    expect(sql).toContain('ON DATABASE "warehouse" TO "acme-meltano-elt@acme-data.iam"');
    expect(sql).not.toContain('ON DATABASE "airflow" TO "acme-meltano-elt');
  });
});

describe('Airflow', () => {
  const components = ['api-server', 'scheduler', 'dag-processor', 'triggerer'];
  const containerOf = (component: string) =>
    podOf(find(addon, 'Deployment', `airflow-main-${component}`))?.spec.containers[0];
  const envOf = (component: string) =>
    Object.fromEntries((containerOf(component)?.env ?? []).map(({ name, value }) => [name, value]));

  it.each(components)('lets the %s wait for the migrations, after the proxy', (component) => {
    const pod = podOf(find(addon, 'Deployment', `airflow-main-${component}`));
    expect(pod?.spec.initContainers?.map(({ name }) => name)).toEqual([
      'cloud-sql-proxy',
      'check-migrations',
    ]);
  });

  it.each(components)('probes the %s for its start, its life and its readiness', (component) => {
    expect(Object.keys(containerOf(component) ?? {})).toEqual(
      expect.arrayContaining(['startupProbe', 'livenessProbe', 'readinessProbe']),
    );
  });

  it('migrates by a Job that is called after the version', () => {
    const job = find(addon, 'Job', /^airflow-main-migrate-3-3-2-[0-9a-f]{8}$/);
    const pod = podOf(job);
    expect(pod?.spec.initContainers?.map(({ name }) => name)).toEqual(['cloud-sql-proxy']);
    expect(pod?.spec.containers[0]?.args?.slice(1)).toEqual(['airflow', 'db', 'migrate']);
  });

  it('reads its keys from files and its database without a password', () => {
    expect(envOf('scheduler')).toMatchObject({
      AIRFLOW__CORE__FERNET_KEY_CMD: 'cat /run/secrets/tapline-airflow-main/fernet-key',
      AIRFLOW__API_AUTH__JWT_SECRET_CMD: 'cat /run/secrets/tapline-airflow-main/jwt-secret',
      AIRFLOW__API__SECRET_KEY_CMD: 'cat /run/secrets/tapline-airflow-main/api-secret-key',
      AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: expect.stringMatching(
        /^postgresql\+psycopg2:\/\/[^:]+@127\.0\.0\.1:5432\/airflow$/,
      ),
    });
  });

  it('keeps the disk of its pods free of logs, and as many tasks as fit into the schedulers', () => {
    expect(envOf('scheduler')).toMatchObject({
      AIRFLOW__LOGGING__DELETE_LOCAL_LOGS: 'True',
      AIRFLOW__LOGGING__DAG_PROCESSOR_LOG_TARGET: 'stdout',
      // Two schedulers of 2 GiB, of which each keeps half a GiB for itself.
      AIRFLOW__CORE__PARALLELISM: '12',
    });
  });

  it('does not let the autoscaler end tasks to save a node', () => {
    const annotations = (component: string) =>
      (
        find(addon, 'Deployment', `airflow-main-${component}`).spec.template?.metadata as
          { annotations?: object } | undefined
      )?.annotations;
    expect(annotations('scheduler')).toMatchObject({
      'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false',
    });
    expect(annotations('api-server')).toBeUndefined();
  });

  it('has no user at first and lets nobody in without one', () => {
    const env = JSON.stringify(envOf('api-server'));
    expect(env).toContain('FabAuthManager');
    expect(env).not.toContain('ALL_ADMINS');
  });

  it('sends the tasks to the Service of the api-server, and the policies let them', () => {
    expect(envOf('scheduler').AIRFLOW__CORE__EXECUTION_API_SERVER_URL).toBe(
      'http://airflow-main-api-server:8080/execution/',
    );
    expect(find(addon, 'Service', 'airflow-main-api-server').spec).toMatchObject({
      ports: [{ port: 8080, targetPort: 8080 }],
    });
    const pods = { 'app.kubernetes.io/name': 'airflow', 'app.kubernetes.io/instance': 'main' };
    const among = [{ podSelector: { matchLabels: pods } }];
    expect(find(addon, 'NetworkPolicy', 'airflow-main').spec).toMatchObject({
      podSelector: { matchLabels: pods },
      ingress: [{ from: among, ports: [{ port: 8080 }, { port: 8793 }, { port: 8794 }] }],
      egress: expect.arrayContaining([expect.objectContaining({ to: among })]),
    });
  });

  it('runs two api-servers and two schedulers in production', () => {
    expect(find(addon, 'Deployment', 'airflow-main-api-server').spec.replicas).toBe(2);
    expect(find(addon, 'Deployment', 'airflow-main-scheduler').spec.replicas).toBe(2);
    expect(find(addon, 'Deployment', 'airflow-main-triggerer').spec.replicas).toBe(1);
  });

  it('shows the sample DAG as one file, where files of a ConfigMap would be found twice', () => {
    const dag = find(addon, 'ConfigMap', /sample-dag/);
    expect(dag.data?.['tapline_sample.py']).toContain('from airflow.sdk import dag, task');
    expect(containerOf('scheduler')?.volumeMounts).toContainEqual({
      name: 'sample-dag',
      mountPath: '/opt/airflow/dags/tapline_sample.py',
      subPath: 'tapline_sample.py',
      readOnly: true,
    });
    expect(JSON.stringify(containerOf('api-server'))).not.toContain('sample-dag');
  });

  it('synchronises DAGs from git wherever their code runs, and waits for the first time', () => {
    const git = 'dags: { git: { url: "https://example.com/dags.git", ref: v1, path: ./airflow/dags/ } }';
    const synthesized = synth(everything('addon', `    ${git}`));
    for (const component of ['scheduler', 'dag-processor', 'triggerer']) {
      const pod = podOf(find(synthesized, 'Deployment', `airflow-main-${component}`));
      expect(pod?.spec.initContainers?.[1]).toMatchObject({
        name: 'git-sync',
        restartPolicy: 'Always',
        args: expect.arrayContaining(['--repo=https://example.com/dags.git', '--ref=v1', '--period=60s']),
        startupProbe: { httpGet: { path: '/', port: 9091 } },
      });
      expect(pod?.spec.containers[0]?.env).toContainEqual({
        name: 'AIRFLOW__CORE__DAGS_FOLDER',
        value: '/git/current/airflow/dags',
      });
    }
    expect(JSON.stringify(podOf(find(synthesized, 'Deployment', 'airflow-main-api-server')))).not.toContain(
      'git-sync',
    );
  });

  it('lets the configuration win over its own settings', () => {
    const synthesized = synth(
      everything('manual').replace('EXTRA_TOKEN: {', 'AIRFLOW__CORE__LOAD_EXAMPLES: "True", EXTRA_TOKEN: {'),
    );
    const env = podOf(find(synthesized, 'Deployment', 'airflow-main-scheduler'))?.spec.containers[0]?.env;
    expect(env).toContainEqual({ name: 'AIRFLOW__CORE__LOAD_EXAMPLES', value: 'True' });
    expect(env).not.toContainEqual({ name: 'AIRFLOW__CORE__LOAD_EXAMPLES', value: 'False' });
  });
});
