import { Construct } from 'constructs';
import { airflowPorts } from './airflow-ports';
import { type CloudSqlProxyProps, cloudSqlProxy, databasePort } from './cloud-sql-proxy';
import { hardenedContainer, type ResourceRequirements } from './container';
import { Deployment } from './deployment';
import { type ObjectProps, renderLabels, renderMetadata, selectorLabels } from './labels';
import { hashed } from './names';
import { type PodPlacement, renderPodTemplate } from './pod';
import { PodDisruptionBudget } from './pod-disruption-budget';
import { ConfigMap } from './plus';
import { type SecretDelivery, type SecretKey, secretPath } from './secret-delivery';
import { Service } from './service';
import { configFiles, scratch } from './volumes';

/** The name by which Airflow logs in to PgBouncer; the database never sees it. */
export const pgbouncerUser = 'airflow';

const folder = '/etc/pgbouncer';
const userFile = '/tmp/userlist.txt';

export interface AirflowPgbouncerProps extends ObjectProps {
  /** Image with pgbouncer 1.21 or later, which keeps prepared statements apart, and a shell. */
  readonly image: string;
  readonly replicas: number;
  readonly serviceAccount: string;
  readonly placement: PodPlacement;
  readonly secretDelivery: SecretDelivery;
  readonly proxy: CloudSqlProxyProps;
  /** Name of the database, and the login that the proxy has a token for. */
  readonly database: { readonly name: string; readonly user: string };
  /** Password of {@link pgbouncerUser}: letters and digits. */
  readonly password: SecretKey;
  /** Connections to the database that each pod keeps. */
  readonly poolSize: number;
  /** Connections that each pod takes. */
  readonly maxClientConnections: number;
  readonly resources: ResourceRequirements;
}

/**
 * PgBouncer between an Airflow and its database: many connections of Airflow share a few of the database.
 *
 * Airflow logs in with a generated password. PgBouncer needs none for the database: the Cloud SQL Auth Proxy beside it
 * logs in as the pod's service account.
 * @see https://www.pgbouncer.org/config.html
 */
export class AirflowPgbouncer extends Construct {
  constructor(scope: Construct, id: string, props: AirflowPgbouncerProps) {
    super(scope, id);
    const { name, namespace, labels, password } = props;
    const selector = selectorLabels(labels);
    const data = { 'pgbouncer.ini': renderIni(props) };
    const configMap = hashed(name, data['pgbouncer.ini']);
    new ConfigMap(this, 'Settings', {
      metadata: renderMetadata({ name: configMap, namespace, labels }),
      data,
      immutable: true,
    });
    new Service(this, 'Service', {
      name,
      namespace,
      labels,
      selector,
      ports: { pgbouncer: airflowPorts.pgbouncer },
    });
    new PodDisruptionBudget(this, 'Budget', { name, namespace, labels, selector });
    const check = { kind: 'tcp', port: airflowPorts.pgbouncer } as const;
    new Deployment(this, 'Deployment', {
      name,
      namespace,
      labels,
      replicas: props.replicas,
      strategy: 'RollingUpdate',
      selector,
      template: renderPodTemplate({
        labels: renderLabels(labels),
        serviceAccount: props.serviceAccount,
        volumeGroup: 65534,
        placement: props.placement,
        spreadOver: selector,
        sidecars: [cloudSqlProxy(props.proxy)],
        containers: [
          hardenedContainer({
            name: 'pgbouncer',
            image: props.image,
            command: ['/bin/sh', '-ec', renderStart(password)],
            secretDelivery: props.secretDelivery,
            secretFiles: [password.secret],
            ports: { pgbouncer: airflowPorts.pgbouncer },
            resources: props.resources,
            runAs: { user: 65534, group: 65534 },
            mounts: [scratch('tmp', '/tmp', '16Mi'), configFiles('settings', folder, configMap)],
            startupProbe: { check, periodSeconds: 2, failureThreshold: 30 },
            livenessProbe: { check, periodSeconds: 20, failureThreshold: 3 },
            readinessProbe: { check, periodSeconds: 10, failureThreshold: 2 },
          }),
        ],
        // SIGINT and SIGTERM wait for transactions; Airflow connects anew.
        terminationGracePeriodSeconds: 60,
        restartPolicy: 'Always',
      }),
    });
  }
}

/** The password goes from its file to a file of PgBouncer's own form, and is seen nowhere else. */
function renderStart({ secret, key }: SecretKey): string {
  return [
    'umask 077',
    `printf '"${pgbouncerUser}" "%s"\\n' "$(cat ${secretPath(secret, key)})" > ${userFile}`,
    `exec pgbouncer ${folder}/pgbouncer.ini`,
  ].join('\n');
}

function renderIni({ database, poolSize, maxClientConnections }: AirflowPgbouncerProps): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  return `[databases]
${database.name} = host=127.0.0.1 port=${databasePort} dbname=${quoted(database.name)} user=${quoted(database.user)}

[pgbouncer]
listen_addr = 0.0.0.0
listen_port = ${airflowPorts.pgbouncer}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${userFile}
pool_mode = transaction
default_pool_size = ${poolSize}
max_client_conn = ${maxClientConnections}
max_prepared_statements = 200
ignore_startup_parameters = extra_float_digits
; The proxy beside it encrypts what goes to the database.
server_tls_sslmode = disable
log_connections = 0
log_disconnections = 0
`;
}
