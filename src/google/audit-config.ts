import { ProjectIamAuditConfig } from '@cdktf/provider-google/lib/project-iam-audit-config';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

export interface AuditConfigProps extends ProjectEntityProps {
  /** For example `secretmanager.googleapis.com`, or `allServices`. Changing this recreates it. */
  readonly service: string;
  /**
   * IAM members whose access is not logged.
   * @default - none
   */
  readonly exemptedMembers?: readonly string[];
}

/**
 * Logs who read and wrote data of a service. It replaces what the project says about that service.
 *
 * @see https://cloud.google.com/logging/docs/audit/configure-data-access
 */
export class AuditConfig extends Construct {
  readonly config: ProjectIamAuditConfig;

  constructor(scope: Construct, id: string, props: AuditConfigProps) {
    super(scope, id);
    const exempted = props.exemptedMembers ?? [];
    this.config = setAddress(
      new ProjectIamAuditConfig(this, 'config', {
        project: props.project,
        service: props.service,
        auditLogConfig: ['ADMIN_READ', 'DATA_READ', 'DATA_WRITE'].map((logType) => ({
          logType,
          ...(exempted.length === 0 ? {} : { exemptedMembers: [...exempted] }),
        })),
        ...dependencies(props),
      }),
      id,
    );
  }
}
