import { ProjectIamCustomRole } from '@cdktf/provider-google/lib/project-iam-custom-role';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

export interface CustomRoleProps extends ProjectEntityProps {
  /** Letters, digits, dots and underscores. Changing this recreates the role; the old id stays taken for 44 days. */
  readonly roleId: string;
  /** What people see. */
  readonly title: string;
  /** For example `cloudsql.instances.connect`. */
  readonly permissions: readonly string[];
}

/**
 * A role of our own in the project.
 *
 * @see https://cloud.google.com/iam/docs/creating-custom-roles
 */
export class CustomRole extends Construct {
  readonly role: ProjectIamCustomRole;

  constructor(scope: Construct, id: string, props: CustomRoleProps) {
    super(scope, id);
    this.role = setAddress(
      new ProjectIamCustomRole(this, 'role', {
        project: props.project,
        roleId: props.roleId,
        title: props.title,
        permissions: [...props.permissions],
        stage: 'GA',
        ...dependencies(props),
      }),
      id,
    );
  }
}
