import { IapWebIamMember } from '@cdktf/provider-google/lib/iap-web-iam-member';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

export interface IapWebMemberProps extends ProjectEntityProps {
  /** IAM member, for example `group:data-team@example.com`. */
  readonly member: string;
}

/**
 * Somebody who may pass Identity-Aware Proxy, to every web interface of the project that is behind it.
 *
 * Google manages the OAuth client of the proxy: it needs none of its own any more.
 *
 * @see https://cloud.google.com/iap/docs/managing-access
 */
export class IapWebMember extends Construct {
  readonly grant: IapWebIamMember;

  constructor(scope: Construct, id: string, props: IapWebMemberProps) {
    super(scope, id);
    this.grant = setAddress(
      new IapWebIamMember(this, 'grant', {
        project: props.project,
        role: 'roles/iap.httpsResourceAccessor',
        member: props.member,
        ...dependencies(props),
      }),
      id,
    );
  }
}
