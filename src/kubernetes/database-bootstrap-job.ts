import { Construct } from 'constructs';
import { type CloudSqlProxyProps, cloudSqlProxy, databasePort } from './cloud-sql-proxy';
import { hardenedContainer } from './container';
import { type DatabaseGrantee, renderGrants } from './database-grants';
import { OneOffJob } from './job';
import { type ObjectProps, renderLabels, renderMetadata } from './labels';
import { ConfigMap } from './plus';
import { type PodPlacement, renderPodTemplate } from './pod';
import { hashed } from './names';
import type { SecretDelivery } from './secret-delivery';
import { configFiles, scratch } from './volumes';

export interface DatabaseBootstrapJobProps extends Omit<ObjectProps, 'name'> {
  /** Beginning of the Job's name; a hash of what it does follows. */
  readonly namePrefix: string;
  /** Image with psql and a shell. */
  readonly image: string;
  readonly proxy: Omit<CloudSqlProxyProps, 'iamLogin'>;
  readonly serviceAccount: string;
  readonly placement: PodPlacement;
  readonly secretDelivery: SecretDelivery;
  /** Built-in login that grants. */
  readonly adminUser: string;
  /** Secret and key that hold its password. */
  readonly adminPassword: { readonly secret: string; readonly key: string };
  readonly grantees: readonly DatabaseGrantee[];
}

/** Folder and file of the statements in the pod. */
const folder = '/sql';
const file = 'grants.sql';

/**
 * Gives IAM logins their rights, once for each version of those rights.
 *
 * The Google provider can make such logins but not grant to them. The statements are in a ConfigMap, so that a
 * reviewer sees them.
 */
export class DatabaseBootstrapJob extends Construct {
  constructor(scope: Construct, id: string, props: DatabaseBootstrapJobProps) {
    super(scope, id);
    const sql = renderGrants(props.grantees);
    const configMap = hashed(props.namePrefix, sql);
    const psql = hardenedContainer({
      name: 'psql',
      image: props.image,
      command: ['psql', '--no-psqlrc', '--no-password', `--file=${folder}/${file}`],
      env: [
        { name: 'HOME', value: '/tmp' },
        // Where it begins; the statements say which databases they are for.
        { name: 'PGDATABASE', value: 'postgres' },
        { name: 'PGHOST', value: '127.0.0.1' },
        { name: 'PGPASSWORD', ...props.adminPassword },
        { name: 'PGPORT', value: String(databasePort) },
        // The proxy encrypts; between it and psql there is only the loopback interface.
        { name: 'PGSSLMODE', value: 'disable' },
        { name: 'PGUSER', value: props.adminUser },
      ],
      secretDelivery: props.secretDelivery,
      secretsFromFiles: true,
      resources: {
        requests: { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
        limits: { cpu: '500m', memory: '256Mi', 'ephemeral-storage': '64Mi' },
      },
      runAs: { user: 10001, group: 10001 },
      mounts: [scratch('tmp', '/tmp', '16Mi'), configFiles('sql', folder, configMap)],
    });
    new ConfigMap(this, 'Statements', {
      metadata: renderMetadata({ ...props, name: configMap }),
      data: { [file]: sql },
      // Its name is a hash of its content.
      immutable: true,
    });
    new OneOffJob(this, 'Job', {
      namePrefix: props.namePrefix,
      namespace: props.namespace,
      labels: props.labels,
      content: sql,
      // The instance or its logins may come a little later than this.
      retries: 6,
      timeoutSeconds: 1800,
      template: renderPodTemplate({
        labels: renderLabels(props.labels),
        serviceAccount: props.serviceAccount,
        volumeGroup: 10001,
        placement: props.placement,
        sidecars: [cloudSqlProxy({ ...props.proxy, iamLogin: false })],
        containers: [psql],
        terminationGracePeriodSeconds: 30,
        restartPolicy: 'Never',
      }),
    });
  }
}
