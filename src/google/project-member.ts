import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

export interface ProjectMemberProps extends ProjectEntityProps {
  /** IAM member, for example `group:data-team@example.com`. */
  readonly member: string;
  /** For example `roles/cloudsql.client`, or `projects/P/roles/R`. */
  readonly role: string;
}

/**
 * One role on the project for one member. Grants of others stay as they are.
 *
 * @see https://cloud.google.com/iam/docs/granting-changing-revoking-access
 */
export class ProjectMember extends Construct {
  readonly grant: ProjectIamMember;

  constructor(scope: Construct, id: string, props: ProjectMemberProps) {
    super(scope, id);
    this.grant = setAddress(
      new ProjectIamMember(this, 'grant', {
        project: props.project,
        role: props.role,
        member: props.member,
        ...dependencies(props),
      }),
      id,
    );
  }
}
