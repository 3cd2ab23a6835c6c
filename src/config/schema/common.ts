import * as z from 'zod';

/**
 * A map key. It names something for good (resources and addresses are called after it), so it holds only what every
 * Google and Kubernetes name may hold, and no double hyphen: that keeps joined names unambiguous.
 */
export const key = z
  .string()
  .max(40, 'at most 40 characters')
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'lower-case letters, digits and single hyphens between them, first a letter',
  );

/** A map with such keys. */
export const mapOf = <T extends z.ZodType>(value: T) => z.record(key, value);

/** A DNS label: the name of a Kubernetes namespace or service account. */
export const dnsLabel = z
  .string()
  .max(63, 'at most 63 characters')
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'lower-case letters, digits and hyphens, first and last no hyphen');

/** A DNS subdomain: the name of most Kubernetes objects. */
export const objectName = z
  .string()
  .max(253, 'at most 253 characters')
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'lower-case letters, digits, hyphens and dots');

/** The value of a Google label. */
export const labelValue = z
  .string()
  .max(63, 'at most 63 characters')
  .regex(/^[a-z0-9_-]*$/, 'lower-case letters, digits, hyphens and underscores');

/** The key of a Google label. */
export const labelKey = z
  .string()
  .max(63, 'at most 63 characters')
  .regex(/^[a-z][a-z0-9_-]*$/, 'lower-case letters, digits, hyphens and underscores, first a letter');

/** An IPv4 range; that it is a network address and that ranges do not overlap is checked with the plan of the network. */
export const cidr = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, 'an IPv4 range such as 10.40.0.0/16');

/** A time of day, UTC. */
export const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day in UTC from 00:00 to 23:59');

/** `secret/key` in `secrets`. */
export const secretReference = z
  .string()
  .regex(/^[^/\s]+\/[^/\s]+$/, 'SECRET/KEY, both declared under secrets');

/** `instance/database` in `databases`. */
export const databaseReference = z
  .string()
  .regex(/^[^/\s]+\/[^/\s]+$/, 'INSTANCE/DATABASE, both declared under databases');

/** A Kubernetes quantity of CPU or memory. */
export const quantity = z
  .union(
    [
      z
        .string()
        .regex(/^\d+(\.\d+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/, 'a Kubernetes quantity such as 500m, 2 or 1Gi'),
      z.number().positive(),
    ],
    { error: 'a Kubernetes quantity such as 500m, 2 or 1Gi' },
  )
  .transform(String);

/** Requests and limits of one container. */
export const resources = z.strictObject({
  cpu: quantity.optional().describe('CPU requested.'),
  cpuLimit: quantity.optional().describe('CPU limit. Default: twice the request.'),
  memory: quantity.optional().describe('Memory requested.'),
  memoryLimit: quantity.optional().describe('Memory limit. Default: the same as memory.'),
  ephemeralStorage: quantity.optional().describe('Scratch disk requested and limited.'),
});
export type ResourcesConfig = z.infer<typeof resources>;

const envValue = z.union(
  [
    z.string(),
    z.number(),
    z.boolean(),
    z.strictObject({ secret: secretReference.describe('SECRET/KEY that holds the value.') }),
    z.strictObject({
      value: z.string().describe('The literal value.'),
      notSecret: z.literal(true).describe('Says that the value is no credential although it looks like one.'),
    }),
  ],
  { error: 'a text, a number, { secret: NAME/KEY } or { value: TEXT, notSecret: true }' },
);

/** Environment variables of a container: literals, or references to secrets. */
export const env = z.record(
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'letters, digits and underscores, first no digit'),
  envValue,
);
export type EnvConfig = z.infer<typeof env>;

/** Addresses that a workload may open connections to, beside those it needs anyway. */
export const egress = z.array(
  z.strictObject({
    cidr: cidr.describe('The range, for example 10.1.0.0/16 or 203.0.113.7/32.'),
    ports: z.array(z.int().min(1).max(65535)).min(1).describe('TCP ports.'),
  }),
);
