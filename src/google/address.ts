import { createHash } from 'node:crypto';
import { TerraformElement, TerraformStack } from 'cdktf';

/**
 * Terraform addresses are a contract with the state: whoever changes one destroys and recreates the resource. They
 * are therefore set by hand everywhere, after one scheme:
 *
 * - The id of a construct is the address of its entity: the key in the configuration (`google_container_cluster.platform`),
 *   or the keys that lead to it, joined by `_` (`google_sql_database.main_airflow`).
 * - The main resource of a construct has exactly that address, and so has a further one whose type alone says what it
 *   is (`google_compute_router.platform`).
 * - A resource of which an entity may have several adds what tells them apart
 *   (`google_project_iam_member.meltano-gitlab_cloudsql-client`).
 *
 * Keys hold no underscore, so the parts never run into each other. What may hold one (the name of a database, the key
 * of a secret's value) stands where the parts beside it still tell where it begins and ends.
 */
export function address(...parts: readonly string[]): string {
  const joined = parts.join('_');
  if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(joined)) {
    throw new Error(
      `address: got '${joined}', expected letters, digits, hyphens and underscores, first a letter or an underscore; ` +
        'pass the parts through addressPart',
    );
  }
  return joined;
}

/**
 * A text as a part of an address. Where Terraform does not allow a character, it becomes a hyphen, and a hash of the
 * whole is added, so that `a.b` and `a-b` stay apart.
 */
export function addressPart(text: string): string {
  const allowed = text.replace(/[^A-Za-z0-9_-]/g, '-');
  if (allowed === text) return text;
  return `${allowed}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
}

/** A role as a part of an address: `roles/cloudsql.client` is `cloudsql-client`. */
export function rolePart(role: string): string {
  return role.slice(role.lastIndexOf('/') + 1).replace(/[^A-Za-z0-9_-]/g, '-');
}

const taken = new WeakMap<TerraformStack, Map<string, string>>();

/**
 * Gives a resource its address.
 * @throws Error where another resource of the stack has it, which Terraform's JSON would silently merge into one
 */
export function setAddress<T extends TerraformElement>(resource: T, ...parts: readonly string[]): T {
  const stack = TerraformStack.of(resource);
  const owners = taken.get(stack) ?? new Map<string, string>();
  taken.set(stack, owners);
  const logicalId = address(...parts);
  const full = `${resource.constructor.name} ${logicalId}`;
  const owner = owners.get(full);
  if (owner !== undefined) {
    throw new Error(
      `${resource.node.path}: got the address '${logicalId}', which ${owner} has already; give one of the constructs another id`,
    );
  }
  owners.set(full, resource.node.path);
  resource.overrideLogicalId(logicalId);
  return resource;
}
