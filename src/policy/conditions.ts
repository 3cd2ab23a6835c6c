import type { Expectation } from './attributes';
import { listOf, textOf, treesOf, valueAt } from './tree';
import type { TerraformResource } from './types';

/** A bucket with a retention policy can keep no versions. */
export function hasNoRetention({ body }: TerraformResource): boolean {
  return body.retention_policy === undefined;
}

function isOrNothing(value: unknown, wanted: string): boolean {
  return value === undefined || value === wanted;
}

/** A repository that holds what is pushed to it. */
export function isStandardRepository({ body }: TerraformResource): boolean {
  return body.mode !== 'REMOTE_REPOSITORY' && body.mode !== 'VIRTUAL_REPOSITORY';
}

/** A repository of images that holds them itself. */
export function isDockerRepository({ body }: TerraformResource): boolean {
  return textOf(body.format).toUpperCase() === 'DOCKER' && body.mode !== 'VIRTUAL_REPOSITORY';
}

export function isStandardDockerRepository(resource: TerraformResource): boolean {
  return isStandardRepository(resource) && isDockerRepository(resource);
}

/** A subnet of machines; those of Google's load balancers and of Private Service Connect take no such settings. */
export function isWorkloadSubnet({ body }: TerraformResource): boolean {
  return isOrNothing(body.purpose, 'PRIVATE');
}

/** A subnet of machines that nobody declared to have IPv6 inside. */
export function isIpv4Subnet(resource: TerraformResource): boolean {
  return isWorkloadSubnet(resource) && resource.body.ipv6_access_type !== 'INTERNAL';
}

/** Google renews symmetric keys only. */
export function isSymmetricKey({ body }: TerraformResource): boolean {
  return isOrNothing(body.purpose, 'ENCRYPT_DECRYPT');
}

export function isPublicZone({ body }: TerraformResource): boolean {
  return isOrNothing(body.visibility, 'public');
}

/** Where a secret is kept. */
export const saidReplication: Expectation = {
  wanted: 'a block with auto, or user_managed with replicas',
  accepts: (value) =>
    treesOf(value).some(
      (block) => block.auto !== undefined || listOf(valueAt(block, 'user_managed.replicas')).length > 0,
    ),
};
