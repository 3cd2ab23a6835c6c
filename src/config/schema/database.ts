import * as z from 'zod';
import { timeOfDay } from './common';

/** Major versions of PostgreSQL that Cloud SQL offers and that are not in paid extended support. */
export const postgresVersions = [
  'POSTGRES_18',
  'POSTGRES_17',
  'POSTGRES_16',
  'POSTGRES_15',
  'POSTGRES_14',
] as const;

/** Databases that every instance has from the start. */
const reserved = ['cloudsqladmin', 'postgres', 'template0', 'template1'];

const databaseName = z
  .string()
  .max(63, 'at most 63 characters')
  .regex(/^[a-z_][a-z0-9_-]*$/, 'lower-case letters, digits, underscores and hyphens, first a letter or underscore')
  .refine((name) => !reserved.includes(name), {
    error: 'a database of your own; Cloud SQL makes this one itself',
    params: { fix: 'choose another name' },
  });

const flagValue = z
  .union([z.string(), z.number()], { error: 'a text such as on, off or 64MB, or a number' })
  .transform(String);

/** A Cloud SQL instance for PostgreSQL. */
export const database = z.strictObject({
  instanceName: z
    .string()
    .max(97, 'at most 97 characters')
    .regex(/^[a-z][-a-z0-9]*[a-z0-9]$/, 'lower-case letters, digits and hyphens, first a letter')
    .optional()
    .describe(
      'Name of the instance at Google. Default: platform and key. Together with the project at most 98 characters. Changing this recreates the instance, and the old name stays taken for a week.',
    ),
  version: z
    .enum(postgresVersions)
    .default('POSTGRES_18')
    .describe('Major version of PostgreSQL. Default: the newest. Raising it upgrades in place; it cannot be lowered.'),
  edition: z
    .enum(['ENTERPRISE', 'ENTERPRISE_PLUS'])
    .default('ENTERPRISE')
    .describe('Edition of Cloud SQL. ENTERPRISE_PLUS takes only db-perf-optimized tiers.'),
  tier: z
    .string()
    .regex(/^db-[A-Za-z0-9-]+$/, 'a tier such as db-custom-2-7680')
    .default('db-custom-1-3840')
    .describe(
      'Machine: db-custom-CPUS-MEGABYTES, or a predefined one of the edition. 1 CPU or an even number up to 96; from 0.9 to 6.5 GB for each, at least 3840 MB, a multiple of 256.',
    ),
  diskSizeGb: z.int().min(10).max(65536).default(10).describe('First size of the disk, in GB; it grows by itself and never shrinks.'),
  highAvailability: z
    .boolean()
    .optional()
    .describe('Whether a standby runs in another zone. Default: only where production is true.'),
  databases: z
    .array(databaseName)
    .min(1)
    .refine((names) => new Set(names).size === names.length, {
      error: 'each database once',
      params: { fix: 'remove the one that stands twice' },
    })
    .describe('Databases on the instance. Removing one leaves it on the instance, and Terraform forgets it.'),
  backups: z
    .strictObject({
      start: timeOfDay
        .default('02:00')
        .describe('When the daily backup begins, UTC.'),
      retained: z.int().min(1).max(365).default(14).describe('How many daily backups are kept.'),
      transactionLogDays: z
        .int()
        .min(1)
        .max(35)
        .default(7)
        .describe('How many days back a point-in-time recovery can go.'),
    })
    .prefault({})
    .describe('Backups; they cannot be switched off.'),
  flags: z
    .record(z.string().regex(/^[a-z][a-z0-9_.]*$/, 'the name of a database flag'), flagValue)
    .default({})
    .describe('Database flags, laid over the auditing flags that every instance gets.'),
  deletionProtection: z
    .boolean()
    .default(true)
    .describe('Whether Terraform and Google refuse to delete the instance.'),
});
export type DatabaseConfig = z.infer<typeof database>;
