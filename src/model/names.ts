import { createHash } from 'node:crypto';

/**
 * Limits of names, in characters.
 * @see https://cloud.google.com/iam/docs/service-accounts-create
 * @see https://cloud.google.com/storage/docs/buckets#naming
 */
export const limits = {
  serviceAccount: 30,
  bucket: 63,
  kubernetesLabel: 63,
  /** A Cloud SQL instance, its project and the colon between them. */
  sqlInstanceWithProject: 98,
  sqlUser: 63,
  cluster: 40,
  nodePool: 40,
  computeResource: 63,
  secret: 255,
  repository: 63,
  /** Eleven less than a label: the Jobs of a CronJob add a suffix. */
  cronJob: 52,
} as const;

/**
 * Joins the parts with hyphens; where that is too long, cuts it and adds eight characters of its hash, so that the
 * name is stable and two long names that begin alike stay apart.
 */
export function fit(limit: number, ...parts: readonly string[]): string {
  const whole = parts.join('-');
  if (whole.length <= limit) return whole;
  return withHash(whole, whole, limit);
}

/** As {@link fit}, with characters outside of `allowed` turned into hyphens; then the hash keeps names apart as well. */
export function fitSanitized(limit: number, disallowed: RegExp, ...parts: readonly string[]): string {
  const whole = parts.join('-');
  const clean = whole.replace(disallowed, '-');
  if (clean === whole && whole.length <= limit) return whole;
  return withHash(whole, clean, limit);
}

/** The first eight hexadecimal digits of the SHA-256. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function withHash(identity: string, text: string, limit: number): string {
  return `${text.slice(0, limit - 9).replace(/-+$/, '')}-${shortHash(identity)}`;
}
