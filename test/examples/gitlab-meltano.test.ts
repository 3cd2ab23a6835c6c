import { type Data, outputOf } from '../support/output';

const { resource, addresses, object, objects } = outputOf('examples/gitlab-meltano/platform.yaml');
const deployment = object('Deployment', 'gitlab-production');
const pod = deployment.spec.template.spec;
const meltano = pod.containers[0];
const proxy = pod.initContainers[0];
const env: Record<string, Data> = Object.fromEntries(meltano.env.map((variable: Data) => [variable.name, variable]));

describe('the GitLab Meltano platform', () => {
  test('gke-01: enables the Admin SDK, GKE, Cloud SQL and its admin API, and Artifact Registry', () => {
    const apis = addresses('google_project_service').map((address) => resource(address).service);
    expect(apis).toEqual(
      expect.arrayContaining([
        'admin.googleapis.com',
        'container.googleapis.com',
        'sql-component.googleapis.com',
        'sqladmin.googleapis.com',
        'artifactregistry.googleapis.com',
      ]),
    );
  });

  test('gke-02: has a PostgreSQL instance of a supported version with the database and a login that needs no password', () => {
    expect(resource('google_sql_database_instance.airflow')).toMatchObject({
      name: 'gitlab-airflow',
      region: 'us-west1',
      database_version: 'POSTGRES_18',
      settings: { ip_configuration: { ipv4_enabled: false } },
    });
    expect(resource('google_sql_database.airflow_airflow-meta').name).toBe('airflow-meta');
    expect(resource('google_sql_user.airflow_meltano-gitlab')).toMatchObject({
      type: 'CLOUD_IAM_SERVICE_ACCOUNT',
      name: 'gitlab-meltano-gitlab@gitlab-analysis.iam',
    });
    expect(resource('google_sql_user.airflow_meltano-gitlab')).not.toHaveProperty('password');
  });

  test('gke-03: has a cluster whose nodes scale from one, and a registry that they may pull from', () => {
    expect(resource('google_container_cluster.platform')).toMatchObject({ name: 'gitlab', location: 'us-west1' });
    expect(resource('google_container_node_pool.main').autoscaling).toMatchObject({ total_min_node_count: 1 });
    expect(resource('google_artifact_registry_repository.images')).toMatchObject({ format: 'DOCKER' });
    expect(resource('google_project_iam_member.nodes-platform_artifactregistry-reader')).toMatchObject({
      role: 'roles/artifactregistry.reader',
      member: 'serviceAccount:gitlab-nodes-platform@gitlab-analysis.iam.gserviceaccount.com',
    });
  });

  test('gke-04: gives the workload an identity with the roles for Cloud SQL, no key and no Editor', () => {
    const roles = addresses('google_project_iam_member')
      .map(resource)
      .filter(({ member }: Data) => member.includes('gitlab-meltano-gitlab@'))
      .map(({ role }: Data) => role as string);
    expect(roles.sort()).toEqual(['roles/cloudsql.client', 'roles/cloudsql.instanceUser']);
    expect(addresses('google_service_account_key')).toEqual([]);
  });

  test('gke-05: has the namespace and the Kubernetes service account, which acts as the Google one', () => {
    expect(object('Namespace', 'gitlab').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
    expect(object('ServiceAccount', 'k8s-sa').metadata).toMatchObject({
      namespace: 'gitlab',
      annotations: {
        'iam.gke.io/gcp-service-account': 'gitlab-meltano-gitlab@gitlab-analysis.iam.gserviceaccount.com',
      },
    });
    expect(resource('google_service_account_iam_member.meltano-gitlab').member).toBe(
      'serviceAccount:gitlab-analysis.svc.id.goog[gitlab/k8s-sa]',
    );
  });

  test.each([
    ['gke-06: airflow-db', 'airflow-db', ['database', 'password', 'username']],
    [
      'gke-07: tap-secrets',
      'tap-secrets',
      ['airflow_conn', 'sf_password', 'sf_user', 'tap_slack_token', 'tap_xactly', 'tap_zoom_jwt'],
    ],
    ['gke-08: admin-sdk', 'admin-sdk', ['service_key']],
  ])('%s is kept in Secret Manager and comes to the namespace with its keys', (_, name, keys) => {
    const secret = object('ExternalSecret', name);
    expect(secret.metadata.namespace).toBe('gitlab');
    expect(secret.spec.data.map(({ secretKey }: Data) => secretKey).sort()).toEqual(keys);
    for (const { secretKey, remoteRef } of secret.spec.data) {
      expect(resource(`google_secret_manager_secret.${name}_${secretKey}`).secret_id).toBe(remoteRef.key);
    }
  });

  test('gke-09: needs no key file for the proxy, since the pod has the identity itself', () => {
    expect(JSON.stringify(objects)).not.toContain('service_account.json');
    expect(proxy.args.join(' ')).not.toMatch(/credentials-file|credential_file/);
    expect(pod.serviceAccountName).toBe('k8s-sa');
  });

  test('gke-10: runs one pod of the Deployment gitlab-production, app=gitlab, and pulls its image always', () => {
    expect(deployment.spec).toMatchObject({ replicas: 1, selector: { matchLabels: { app: 'gitlab' } } });
    expect(deployment.spec.template.metadata.labels).toMatchObject({ app: 'gitlab' });
    expect(meltano).toMatchObject({
      imagePullPolicy: 'Always',
      args: ['tapline', 'meltano', 'invoke', 'airflow', 'scheduler'],
    });
  });

  test.each([
    ['DB_USER', 'airflow-db', 'username'],
    ['DB_PASS', 'airflow-db', 'password'],
    ['DB_NAME', 'airflow-db', 'database'],
    ['TAP_SLACK_TOKEN', 'tap-secrets', 'tap_slack_token'],
    ['TAP_ZOOM_JWT', 'tap-secrets', 'tap_zoom_jwt'],
    ['SF_USER', 'tap-secrets', 'sf_user'],
    ['SF_PASSWORD', 'tap-secrets', 'sf_password'],
    ['ADMIN_SDK_KEY', 'admin-sdk', 'service_key'],
    ['AIRFLOW__DATABASE__SQL_ALCHEMY_CONN', 'tap-secrets', 'airflow_conn'],
  ])('gke-11: takes %s from the secret %s, key %s', (variable, name, key) => {
    expect(meltano.command[2].split('\n')).toContain(
      `${variable}="$(cat /run/secrets/${name}/${key})"; export ${variable}`,
    );
    const mount = meltano.volumeMounts.find(({ mountPath }: any) => mountPath === `/run/secrets/${name}`);
    expect(pod.volumes.find((volume: any) => volume.name === mount.name).secret.secretName).toBe(name);
  });

  test('gke-12: sets the import timeout and the executor', () => {
    expect(env.AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT.value).toBe('120');
    expect(env.AIRFLOW__CORE__EXECUTOR.value).toBe('LocalExecutor');
  });

  test('gke-13: runs the Cloud SQL Auth Proxy as a native sidecar, by the private address, not as root', () => {
    expect(proxy).toMatchObject({
      name: 'cloud-sql-proxy',
      restartPolicy: 'Always',
      args: expect.arrayContaining(['gitlab-analysis:us-west1:gitlab-airflow', '--port=5432', '--private-ip']),
      securityContext: { runAsNonRoot: true, runAsUser: 65532 },
    });
  });

  test('gke-14: mounts no key and lets nothing be written but scratch folders', () => {
    for (const container of [meltano, proxy]) {
      expect(container.securityContext.readOnlyRootFilesystem).toBe(true);
    }
    const scratch = pod.volumes.filter((volume: any) => volume.secret === undefined);
    for (const volume of scratch) expect(volume.emptyDir).toMatchObject({ sizeLimit: expect.any(String) });
    expect(pod.volumes.map((volume: any) => volume.secret?.secretName).filter(Boolean)).toEqual([
      'admin-sdk',
      'airflow-db',
      'tap-secrets',
    ]);
  });
});
