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
  topic: 255,
  /** Sinks, metrics and exclusions of Cloud Logging. */
  logging: 100,
  customRole: 64,
  workloadIdentityPool: 32,
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

/** The first eight hexadecimal digits of the SHA-256. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** Google's name, and what it takes for a misspelling of it. */
const ownName = /g[o0]{2}g[l1][e3]?|^goog/;

/**
 * The name of a bucket. Google refuses every name that holds its own (a project called `google-ads` is common), so it
 * is abbreviated, and the hash of the whole keeps the name apart from others.
 */
export function fitBucket(...parts: readonly string[]): string {
  const whole = parts.join('-');
  let allowed = whole;
  // What is left of one may make another: goog-oogle.
  while (ownName.test(allowed)) allowed = allowed.replace(ownName, 'g');
  return allowed === whole ? fit(limits.bucket, whole) : withHash(whole, allowed, limits.bucket);
}

/** The name of a topic or a subscription, which Google refuses where it begins with `goog`. */
export function fitTopic(...parts: readonly string[]): string {
  const whole = parts.join('-');
  return whole.startsWith('goog')
    ? withHash(whole, whole.replace(/^(goog)+(le)?-?/, 'g-'), limits.topic)
    : fit(limits.topic, whole);
}

/**
 * How long the id of a service account may be: a login of Cloud SQL is called `ID@PROJECT.iam`, and PostgreSQL takes 63
 * characters.
 */
export function serviceAccountLimit(project: string): number {
  return Math.min(limits.serviceAccount, limits.sqlUser - `@${project}.iam`.length);
}

function withHash(identity: string, text: string, limit: number): string {
  return `${text.slice(0, limit - 9).replace(/-+$/, '')}-${shortHash(identity)}`;
}
