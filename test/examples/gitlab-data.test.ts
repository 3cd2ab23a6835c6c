import { answerOf } from '../support/http-routes';
import { type Data, outputOf } from '../support/output';

const { resource, addresses, dag, object, objects, rolesOf } = outputOf('examples/gitlab-data/platform.yaml');

const snowflake = 'serviceAccount:gitlab-loader@snowflake-us-west1.iam.gserviceaccount.com';

describe("the GitLab data team's platform", () => {
  test('data-01: has the clusters data-ops and bizops-runner in a zone of the project, each with ranges for its pods', () => {
    for (const [key, name, range] of [
      ['platform', 'data-ops', 'pods'],
      ['bizops-runner', 'bizops-runner', 'pods-bizops-runner'],
    ]) {
      expect(resource(`google_container_cluster.${key}`)).toMatchObject({
        project: 'gitlab-analysis',
        name,
        location: 'us-west1-a',
        networking_mode: 'VPC_NATIVE',
        ip_allocation_policy: { cluster_secondary_range_name: range },
      });
    }
  });

  test('data-02: runs Airflow on the pool highmem, 1 to 2 nodes, the only one without a taint', () => {
    expect(resource('google_container_node_pool.highmem')).toMatchObject({
      cluster: 'data-ops',
      autoscaling: { total_min_node_count: 1, total_max_node_count: 2 },
      node_config: { machine_type: expect.stringMatching(/highmem/) },
    });
    const open = addresses('google_container_node_pool').filter(
      (address) =>
        resource(address).cluster === 'data-ops' && resource(address).node_config.taint === undefined,
    );
    expect(open).toEqual(['google_container_node_pool.highmem']);
    for (const name of ['airflow-production-scheduler', 'airflow-testing-scheduler']) {
      expect(object('Deployment', name).spec.template.spec.tolerations ?? []).toEqual([]);
    }
  });

  test.each([
    ['data-03: keeps the pool production-task for tasks, labelled and tainted', 'production-task', 2, 5],
    ['data-04: keeps the pool sdc-1 for slowly changing dimensions, labelled and tainted', 'sdc-1', 1, 3],
    ['data-05: keeps the pool testing for tests, empty normally, labelled and tainted', 'testing', 0, 2],
  ])('%s', (_, pool, least, most) => {
    expect(resource(`google_container_node_pool.${pool}`)).toMatchObject({
      cluster: 'data-ops',
      autoscaling: { total_min_node_count: least, total_max_node_count: most },
      node_config: {
        labels: { 'tapline.dev/pool': pool },
        taint: [{ key: 'tapline.dev/pool', value: pool, effect: 'NO_SCHEDULE' }],
      },
    });
  });

  test.each([
    ['el_zuora_prod', 'production', 'production-task'],
    ['el_gitlab_com_scd', 'production', 'sdc-1'],
    ['t_dbt', 'production', 'production-task'],
    ['el_gitlab_com_scd', 'testing', 'testing'],
  ])('data-06: sends the pods of %s in %s to the pool %s and lets them tolerate its taint', (id, airflow, pool) => {
    const { metadata, spec } = dag(airflow, id).tasks[0].pod;
    expect(metadata.namespace).toBe(airflow);
    expect(spec).toMatchObject({
      nodeSelector: { 'tapline.dev/pool': pool },
      tolerations: [{ key: 'tapline.dev/pool', operator: 'Equal', value: pool, effect: 'NoSchedule' }],
    });
  });

  test('data-07: has the secret airflow with the same keys in both namespaces, and values of their own', () => {
    const inNamespace = (namespace: string): Data[] =>
      objects.find(
        ({ kind, metadata }) =>
          kind === 'ExternalSecret' && metadata.name === 'airflow' && metadata.namespace === namespace,
      ).spec.data;
    const keys = (namespace: string) => inNamespace(namespace).map(({ secretKey }) => secretKey as string);
    expect(keys('production')).toContain('SNOWFLAKE_LOAD_PRIVATE_KEY');
    expect(keys('testing')).toEqual(keys('production'));
    for (const namespace of ['production', 'testing']) {
      expect(object('Namespace', namespace)).toBeDefined();
      for (const { secretKey, remoteRef } of inNamespace(namespace)) {
        const address = `airflow_${namespace}_${secretKey}`;
        expect(resource(`google_secret_manager_secret.${address}`).secret_id).toBe(remoteRef.key);
        // Nobody of the other namespace reads it.
        const readers = addresses('google_secret_manager_secret_iam_member')
          .filter((one) => one.startsWith(`google_secret_manager_secret_iam_member.${address}_`))
          .map((one) => resource(one).member.replace(/^serviceAccount:|@.*/g, ''));
        expect(readers).toEqual(
          namespace === 'production'
            ? ['gitlab-meltano-elt', 'gitlab-tasks-production']
            : ['gitlab-meltano-elt-review', 'gitlab-tasks-testing'],
        );
      }
    }
  });

  test('data-08: runs the scheduler, the API server and the processor of DAGs, each with its proxy, and follows the repository', () => {
    const parts = ['scheduler', 'api-server', 'dag-processor'].map(
      (component) => object('Deployment', `airflow-production-${component}`).spec.template.spec,
    );
    for (const { initContainers } of parts) {
      expect(initContainers).toContainEqual(
        expect.objectContaining({
          name: 'cloud-sql-proxy',
          restartPolicy: 'Always',
          args: expect.arrayContaining(['gitlab-analysis:us-west1:gitlab-airflow']),
        }),
      );
    }
    const [, server, processor] = parts;
    expect(server.containers[0].ports).toContainEqual(expect.objectContaining({ containerPort: 8080 }));
    const sync = processor.initContainers.find(({ name }: Data) => name === 'git-sync');
    expect(sync).toMatchObject({ restartPolicy: 'Always' });
    expect(JSON.stringify(sync)).toMatch(/gitlab-data\/analytics\.git.*master/);
  });

  test('data-10: has the databases airflow and airflow_testing, each for one Airflow', () => {
    for (const [instance, database] of [
      ['production', 'airflow'],
      ['testing', 'airflow_testing'],
    ]) {
      expect(resource(`google_sql_database.airflow_${database}`)).toMatchObject({
        instance: 'gitlab-airflow',
        name: database,
      });
      const scheduler = object('Deployment', `airflow-${instance}-scheduler`);
      expect(scheduler.metadata.namespace).toBe(instance);
      expect(JSON.stringify(scheduler)).toContain(`127.0.0.1:5432/${database}"`);
    }
  });

  test('data-09: keeps the logs of tasks outside of the pods, so that a pod may go and several may write', () => {
    expect(objects.filter(({ kind }) => kind === 'PersistentVolumeClaim')).toEqual([]);
    const scheduler = JSON.stringify(object('Deployment', 'airflow-production-scheduler'));
    expect(scheduler).toContain('{"name":"AIRFLOW__LOGGING__REMOTE_LOGGING","value":"True"}');
  });

  test('data-11: keeps the logs of tasks in a bucket for production and one for testing', () => {
    for (const instance of ['production', 'testing']) {
      const { name } = resource(`google_storage_bucket.airflow-${instance}-logs`);
      const scheduler = JSON.stringify(object('Deployment', `airflow-${instance}-scheduler`));
      expect(scheduler).toContain(`"gs://${name}/logs"`);
      const members = addresses('google_storage_bucket_iam_member')
        .map(resource)
        .filter(({ bucket }) => bucket === `\${google_storage_bucket.airflow-${instance}-logs.name}`)
        .map(({ member }) => member as string);
      expect(members).toEqual([
        `serviceAccount:gitlab-airflow-${instance}@gitlab-analysis.iam.gserviceaccount.com`,
      ]);
    }
  });

  test('data-12: points airflow.gitlabdata.com at the regional static address airflow-west', () => {
    expect(resource('google_compute_address.airflow-west')).toMatchObject({
      name: 'airflow-west',
      region: 'us-west1',
      address_type: 'EXTERNAL',
    });
    expect(resource('google_dns_record_set.gitlabdata_airflow')).toMatchObject({
      name: 'airflow.gitlabdata.com.',
      type: 'A',
      rrdatas: ['${google_compute_address.airflow-west.address}'],
    });
  });

  test('data-13: shows a certificate of the region that Google renews, proved in the zone', () => {
    const certificate = resource('google_certificate_manager_certificate.airflow');
    expect(certificate).toMatchObject({
      location: 'us-west1',
      managed: { domains: ['airflow.gitlabdata.com'] },
    });
    expect(resource('google_dns_record_set.airflow_airflow_gitlabdata_com_proof')).toMatchObject({
      managed_zone: '${google_dns_managed_zone.gitlabdata.name}',
    });
    const { listeners } = object('Gateway', 'airflow-ingress').spec;
    expect(listeners.find((one: Data) => one.name === 'https').tls.options).toEqual({
      'networking.gke.io/cert-manager-certs': certificate.name,
    });
  });

  test('data-14: has a load balancer of the region at the address airflow-west', () => {
    expect(object('Gateway', 'airflow-ingress').spec).toMatchObject({
      gatewayClassName: 'gke-l7-regional-external-managed',
      addresses: [{ type: 'NamedAddress', value: resource('google_compute_address.airflow-west').name }],
    });
    expect(addresses('google_compute_subnetwork')).toContain('google_compute_subnetwork.platform_proxy-only');
  });

  test('data-15: leads airflow.gitlabdata.com to the web interface by HTTPS, and redirects what comes by HTTP', () => {
    const routes = objects.filter(({ kind }) => kind === 'HTTPRoute');
    const ask = (scheme: 'http' | 'https') =>
      answerOf(object('Gateway', 'airflow-ingress'), routes, {
        scheme,
        host: 'airflow.gitlabdata.com',
        path: '/home',
      });
    expect(ask('https')).toMatchObject({ service: 'airflow-production-api-server', namespace: 'production' });
    expect(ask('http')).toEqual({
      kind: 'redirect',
      status: 301,
      location: 'https://airflow.gitlabdata.com/home',
    });
  });

  test('data-16: lets engineers administer Cloud SQL, Kubernetes Engine and Cloud Storage, and nothing else', () => {
    expect(rolesOf('google_project_iam_member', 'group:data-engineers@gitlab.com')).toEqual([
      'roles/cloudsql.admin',
      'roles/container.admin',
      'roles/storage.admin',
    ]);
  });

  test('data-17: lets developers connect, work in the cluster, add and read objects, and makes no key', () => {
    expect(rolesOf('google_project_iam_member', 'group:data-analytics@gitlab.com')).toEqual([
      'roles/cloudsql.client',
      'roles/container.developer',
      'roles/storage.objectCreator',
      'roles/storage.objectViewer',
    ]);
    expect(addresses('google_service_account_key')).toEqual([]);
  });

  test('data-24: tells the Slack channel of alerts with an expression, a time, a severity and the team', () => {
    expect(resource('google_monitoring_alert_policy.snowpipe-behind')).toMatchObject({
      severity: 'WARNING',
      user_labels: { team: 'data-analytics' },
      notification_channels: ['${google_monitoring_notification_channel.data-prom-alerts.id}'],
      conditions: [
        {
          condition_prometheus_query_language: {
            query: expect.stringMatching(/subscription_id="gitlab-pto-snowpipe"/),
            duration: '900s',
          },
        },
      ],
    });
    const { groups } = object('Rules', 'alerts').spec;
    const failed = groups[0].rules.find(({ alert }: Data) => alert === 'airflow-production-dag-run-failed');
    expect(failed).toMatchObject({
      expr: expect.stringContaining('airflow_dagrun_duration_failed_count'),
      for: '0s',
      labels: { severity: 'error', team: 'data-analytics' },
    });
  });

  test('data-23: has Prometheus read the metrics of Airflow, by DAG and task, and lets it in', () => {
    expect(object('PodMonitoring', 'airflow-production-statsd')).toMatchObject({
      metadata: { namespace: 'production' },
      spec: { endpoints: [{ port: 'metrics' }] },
    });
    const exporter = object('Deployment', 'airflow-production-statsd').spec.template.spec.containers[0];
    expect(exporter.ports).toContainEqual({ name: 'metrics', containerPort: 9102, protocol: 'TCP' });
    const scheduler = object('Deployment', 'airflow-production-scheduler').spec.template.spec.containers;
    expect(scheduler[0].env).toContainEqual({ name: 'AIRFLOW__METRICS__STATSD_ON', value: 'True' });
  });

  test('data-25: runs jobs of the group gitlab-data on the cluster bizops-runner, with the values of its chart', () => {
    const { data } = objects.find(
      ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.startsWith("gitlab-runner-gitlab-data"),
    );
    expect(data['config.toml'].split('\n')).toEqual(
      expect.arrayContaining([
        'concurrent = 10',
        'check_interval = 30',
        'url = "https://gitlab.com"',
        'output_limit = 4096',
        'poll_timeout = 180',
        'privileged = false',
        'namespace = "gitlab-data"',
      ]),
    );
    expect(object('Deployment', 'gitlab-runner-gitlab-data')).toMatchObject({
      metadata: { namespace: 'gitlab-data' },
      spec: { template: { spec: { serviceAccountName: 'gitlab-data-gitlab-runner' } } },
    });
    const { egress } = object('NetworkPolicy', 'gitlab-jobs-gitlab-data').spec;
    expect(egress).toContainEqual({
      to: [{ ipBlock: { cidr: '10.138.0.0/20' } }],
      ports: [{ port: 5432, protocol: 'TCP' }],
    });
  });

  test.each([
    ['gitlab-pto', '${google_storage_bucket.pto.name}'],
    ['datastream-hosted-gitlab-3750', '${google_storage_bucket.demandbase.name}'],
  ])('data-30: lets Snowflake list and read the bucket %s, and write nothing', (_, bucket) => {
    expect(rolesOf('google_storage_bucket_iam_member', snowflake, { bucket })).toEqual([
      'roles/storage.legacyBucketReader',
      'roles/storage.objectViewer',
    ]);
  });

  test.each([
    ['pto', 'gitlab-pto'],
    ['demandbase', 'datastream-hosted-gitlab-3750'],
  ])('data-30: makes the bucket of %s beside the cluster', (key, name) => {
    expect(resource(`google_storage_bucket.${key}`)).toMatchObject({ name, location: 'US-WEST1' });
  });

  test('data-31: tells a topic of new files in gitlab-pto, which Snowflake pulls by a subscription of the same name', () => {
    const topic = 'projects/gitlab-analysis/topics/gitlab-pto-snowpipe';
    expect(resource('google_pubsub_topic.pto-snowpipe').name).toBe('gitlab-pto-snowpipe');
    expect(resource('google_storage_notification.pto_arrived')).toMatchObject({
      bucket: 'gitlab-pto',
      topic,
      event_types: ['OBJECT_FINALIZE'],
    });
    const subscription = resource('google_pubsub_subscription.pto-snowpipe_snowflake');
    expect(subscription).toMatchObject({ name: 'gitlab-pto-snowpipe', topic });
    expect(subscription).not.toHaveProperty('push_config');
    const integration = 'serviceAccount:gitlab-pto@snowflake-us-west1.iam.gserviceaccount.com';
    expect(rolesOf('google_pubsub_subscription_iam_member', integration)).toEqual(['roles/pubsub.subscriber']);
    expect(rolesOf('google_project_iam_member', integration)).toEqual(['roles/monitoring.viewer']);
  });
});
