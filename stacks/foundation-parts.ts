import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Grant, ProjectServices } from '../src/google';
import type { Access, Platform } from '../src/model';

/** What the parts of the foundation need of the stack that they are made in. */
export interface Foundation {
  readonly platform: Platform;
  readonly services: ProjectServices;
  /** A folder in the construct tree. */
  group(id: string): Construct;
  /** The service accounts with these keys: nobody can be granted anything before they exist. */
  accountsOf(identities: readonly string[]): readonly ITerraformDependable[];
}

/** Those who are let in, as the constructs take them. */
export function grantsOf(access: readonly Access[]): Grant[] {
  return access.map(({ key, member, role }) => ({ key, member, role }));
}

/** Keys of the identities of this platform among them. */
export function identitiesOf(access: readonly Access[]): string[] {
  return access.flatMap(({ identity }) => identity ?? []);
}
