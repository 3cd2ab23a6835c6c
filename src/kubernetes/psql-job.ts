import { Construct } from 'constructs';
import { type CloudSqlProxyProps, cloudSqlProxy, databasePort } from './cloud-sql-proxy';
import { hardenedContainer } from './container';
import { OneOffJob } from './job';
import { type ObjectProps, renderLabels, renderMetadata } from './labels';
import { ConfigMap } from './plus';
import { type PodPlacement, renderPodTemplate } from './pod';
import { hashed } from './names';
import { type SecretDelivery, type SecretKey, secretMount, secretPath, shellQuote } from './secret-delivery';
import { configFiles, scratch } from './volumes';

export interface PsqlJobProps extends Omit<ObjectProps, 'name'> {
  /** Beginning of the Job's name; a hash of what it does follows. */
  readonly namePrefix: string;
  /** Image with psql and a shell. */
  readonly image: string;
  readonly proxy: Omit<CloudSqlProxyProps, 'iamLogin'>;
  readonly serviceAccount: string;
  readonly placement: PodPlacement;
  readonly secretDelivery: SecretDelivery;
  /** Login in PostgreSQL. */
  readonly user: string;
  /**
   * Its password.
   * @default - none: it logs in as the pod's service account
   */
  readonly password?: SecretKey;
  /** Statements for psql. */
  readonly sql: string;
  /**
   * Passwords that the statements ask for, each twice, as `\password` does.
   * @default - none
   */
  readonly asked?: readonly SecretKey[];
}

/** Folder and file of the statements in the pod. */
const folder = '/sql';
const file = 'grants.sql';

/**
 * Runs statements once for each version of them.
 *
 * The statements are in a ConfigMap, so that a reviewer sees them.
 */
export class PsqlJob extends Construct {
  constructor(scope: Construct, id: string, props: PsqlJobProps) {
    super(scope, id);
    const configMap = hashed(props.namePrefix, props.sql);
    const asked = props.asked ?? [];
    const psql = hardenedContainer({
      name: 'psql',
      image: props.image,
      command: commandOf(asked),
      env: [
        { name: 'HOME', value: '/tmp' },
        // Where it begins; the statements say which databases they are for.
        { name: 'PGDATABASE', value: 'postgres' },
        { name: 'PGHOST', value: '127.0.0.1' },
        ...(props.password === undefined ? [] : [{ name: 'PGPASSWORD', ...props.password }]),
        { name: 'PGPORT', value: String(databasePort) },
        // The proxy encrypts; between it and psql there is only the loopback interface.
        { name: 'PGSSLMODE', value: 'disable' },
        { name: 'PGUSER', value: props.user },
      ],
      secretDelivery: props.secretDelivery,
      resources: {
        requests: { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
        limits: { cpu: '500m', memory: '256Mi', 'ephemeral-storage': '64Mi' },
      },
      runAs: { user: 10001, group: 10001 },
      mounts: [
        scratch('tmp', '/tmp', '16Mi'),
        configFiles('sql', folder, configMap),
        ...[...new Set(asked.map(({ secret }) => secret))].map((secret) =>
          secretMount(props.secretDelivery, secret),
        ),
      ],
    });
    new ConfigMap(this, 'Statements', {
      metadata: renderMetadata({ ...props, name: configMap }),
      data: { [file]: props.sql },
      // Its name is a hash of its content.
      immutable: true,
    });
    new OneOffJob(this, 'Job', {
      namePrefix: props.namePrefix,
      namespace: props.namespace,
      labels: props.labels,
      content: props.sql,
      // The instance or its logins may come a little later than this.
      retries: 6,
      timeoutSeconds: 1800,
      template: renderPodTemplate({
        labels: renderLabels(props.labels),
        serviceAccount: props.serviceAccount,
        volumeGroup: 10001,
        placement: props.placement,
        sidecars: [cloudSqlProxy({ ...props.proxy, iamLogin: props.password === undefined })],
        containers: [psql],
        terminationGracePeriodSeconds: 30,
        restartPolicy: 'Never',
      }),
    });
  }
}

/** psql, and where the statements ask for passwords a shell that answers: each twice, on a line of its own. */
function commandOf(asked: readonly SecretKey[]): string[] {
  const psql = ['psql', '--no-psqlrc', '--no-password', `--file=${folder}/${file}`];
  if (asked.length === 0) return psql;
  const files = asked.flatMap(({ secret, key }) => [secretPath(secret, key), secretPath(secret, key)]);
  const answers = `for file in ${files.map(shellQuote).join(' ')}; do cat "$file"; echo; done`;
  return ['/bin/sh', '-ec', `{ ${answers}; } | ${psql.map(shellQuote).join(' ')}`];
}
