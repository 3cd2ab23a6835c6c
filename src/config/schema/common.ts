import * as z from 'zod';
import { amountOf } from '../quantity';

/**
 * How a schema is asked. zod otherwise compiles a function of every object when it first checks one: 9 ms of CPU for
 * one platform, which a thousand pipelines do not earn back.
 */
export const interpreted = { jitless: true } as const;

/** A text of limited length; one that is too long is told so and not judged further. */
const upTo = (max: number) => z.string().max(max, { error: `at most ${max} characters`, abort: true });

/**
 * A map key. It names something for good (resources and addresses are called after it), so it holds only what every
 * Google and Kubernetes name may hold, and no double hyphen: that keeps joined names unambiguous.
 */
export const keyUpTo = (max: number) =>
  upTo(max).regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'lower-case letters, digits and single hyphens between them, first a letter',
  );
export const key = keyUpTo(40);

/** A map with such keys. */
export const mapOf = <T extends z.ZodType>(value: T) => z.record(key, value);

/** A DNS label: the name of a Kubernetes namespace or service account. */
export const dnsLabelUpTo = (max: number) =>
  upTo(max).regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    'lower-case letters, digits and hyphens, first and last no hyphen',
  );
export const dnsLabel = dnsLabelUpTo(63);

/** A DNS subdomain: the name of most Kubernetes objects. */
export const objectNameUpTo = (max: number) =>
  upTo(max).regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    'lower-case letters, digits, hyphens and dots, first and last a letter or digit',
  );

/** The value of a Google label. */
export const labelValue = upTo(63).regex(/^[a-z0-9_-]*$/, 'lower-case letters, digits, hyphens and underscores');

/** The key of a Google label. */
export const labelKey = upTo(63).regex(
  /^[a-z][a-z0-9_-]*$/,
  'lower-case letters, digits, hyphens and underscores, first a letter',
);

/**
 * The key of a Kubernetes label or taint.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export const kubernetesLabelKey = upTo(317).regex(
  /^((?=[^/]{1,253}\/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?(?=[^/]{1,63}$)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
  'NAME or DOMAIN/NAME; in the name at most 63 letters, digits, hyphens, underscores and dots, a letter or digit at both ends',
);

/** The value of a Kubernetes label or taint. */
export const kubernetesLabelValue = upTo(63).regex(
  /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/,
  'letters, digits, hyphens, underscores and dots, a letter or digit at both ends; or nothing',
);

/**
 * The reference of an image.
 * @see https://github.com/distribution/reference/blob/main/reference.go
 */
export const imageReference = upTo(512).regex(
  /^([A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*(:\d{1,5})?\/)?[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*(:\w[\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/,
  'REGISTRY/NAME:TAG, HOST/NAME:TAG or HOST/NAME@sha256:DIGEST, with the name in lower case',
);

/** A folder in an image: absolute, and written in the one way that leads there. */
export const folder = z
  .string()
  .regex(/^(\/(?!\.{1,2}(\/|$))[^\s/:]+)+$/, 'an absolute path such as /srv/elt: more than /, no . or .. in it, no slash at its end');

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

/** A key of a secret as a setting of its own. */
export const namedSecret = z.strictObject({
  secret: secretReference.describe('SECRET/KEY that holds the value.'),
});
export type NamedSecretConfig = z.infer<typeof namedSecret>;

/** `instance/database` in `databases`. */
export const databaseReference = z
  .string()
  .regex(/^[^/\s]+\/[^/\s]+$/, 'INSTANCE/DATABASE, both declared under databases');

const cpuForm = /^(\d+m|\d+(\.\d{1,3})?)$/;
const byteForm = /^\d+(\.\d+)?(k|M|G|T|Ki|Mi|Gi|Ti)?$/;

/** A Kubernetes quantity; YAML gives one without a unit as a number. */
const quantity = (form: RegExp, allowed: string) =>
  z.union([z.string().regex(form, allowed), z.number().positive()], { error: allowed }).transform(String);

/** A quantity of CPU, in CPUs or thousandths of one. */
export const cpu = quantity(cpuForm, 'CPUs such as 500m, 0.5 or 2').refine(
  (text) => cpuForm.test(text) && amountOf(text) > 0,
  { error: 'CPUs such as 500m, 0.5 or 2: at least 1m, and no fraction of it' },
);

/** A quantity of memory or disk, in bytes. No container starts with less, but who forgets the unit writes less. */
export const bytes = quantity(byteForm, 'bytes such as 512Mi, 1Gi or 2G').superRefine((text, context) => {
  if (byteForm.test(text) && amountOf(text) >= amountOf('16Mi')) return;
  context.addIssue({
    code: 'custom',
    message: 'bytes such as 512Mi, 1Gi or 2G, at least 16Mi',
    ...(/^[1-9]\d{0,2}$/.test(text) ? { params: { fix: `add the unit, for example ${text}Gi` } } : {}),
  });
});

/** Requests and limits of one container. */
export const resources = z.strictObject({
  cpu: cpu.optional().describe('CPU requested.'),
  cpuLimit: cpu.optional().describe('CPU limit. Default: twice the request.'),
  memory: bytes.optional().describe('Memory requested.'),
  memoryLimit: bytes.optional().describe('Memory limit. Default: the same as memory.'),
  ephemeralStorage: bytes.optional().describe('Scratch disk requested and limited.'),
});
export type ResourcesConfig = z.infer<typeof resources>;

/** The value of a variable: a literal, or a reference to a secret. */
export const envValue = z.union(
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

/** The name of an environment variable. */
export const envName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'letters, digits and underscores, first no digit');

/** Environment variables of a container: literals, or references to secrets. */
export const env = z.record(envName, envValue);
export type EnvConfig = z.infer<typeof env>;

/** Addresses that a workload may open connections to, beside those it needs anyway. */
export const egress = z.array(
  z.strictObject({
    cidr: cidr.describe('The range, for example 10.1.0.0/16 or 203.0.113.7/32.'),
    ports: z.array(z.int().min(1).max(65535)).min(1).describe('TCP ports.'),
  }),
);
