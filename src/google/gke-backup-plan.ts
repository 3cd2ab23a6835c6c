import { GkeBackupBackupPlan } from '@cdktf/provider-google/lib/gke-backup-backup-plan';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type LabelledEntityProps } from './entity';

export interface GkeBackupPlanProps extends LabelledEntityProps {
  /** Name of the plan. Changing this recreates it. */
  readonly name: string;
  /** Region of the backups. Changing this recreates the plan. */
  readonly location: string;
  /** `projects/P/locations/L/clusters/N`; it needs the backup agent. Changing this recreates the plan. */
  readonly cluster: string;
  /** Cron with five fields, UTC. */
  readonly schedule: string;
  /** Days after which a backup is deleted. */
  readonly retainDays: number;
  /**
   * Days in which nobody can delete a backup, nor the plan while it has one.
   * @default 0
   */
  readonly lockDays?: number;
  /**
   * Whether the backup holds Kubernetes Secrets.
   * @default false
   */
  readonly includeSecrets?: boolean;
  /**
   * Cloud KMS key that encrypts the backups; the agent of Backup for GKE must be let in there.
   * @default - Google's own key
   */
  readonly kmsKey?: string;
}

/**
 * Regular backups of all namespaces of a cluster, with their volumes.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/add-on/backup-for-gke/concepts/backup-for-gke
 */
export class GkeBackupPlan extends Construct {
  readonly plan: GkeBackupBackupPlan;

  constructor(scope: Construct, id: string, props: GkeBackupPlanProps) {
    super(scope, id);
    this.plan = setAddress(
      new GkeBackupBackupPlan(this, 'plan', {
        project: props.project,
        name: props.name,
        location: props.location,
        cluster: props.cluster,
        labels: { ...props.labels },
        backupConfig: {
          allNamespaces: true,
          includeVolumeData: true,
          includeSecrets: props.includeSecrets ?? false,
          ...(props.kmsKey === undefined ? {} : { encryptionKey: { gcpKmsEncryptionKey: props.kmsKey } }),
        },
        backupSchedule: { cronSchedule: props.schedule },
        retentionPolicy: { backupRetainDays: props.retainDays, backupDeleteLockDays: props.lockDays ?? 0 },
        ...dependencies(props),
      }),
      id,
    );
  }
}
