import * as z from 'zod';
import { mapOf, timeOfDay } from './common';
import { databaseRoles, databaseUsers } from './database-users';
import { regionNames } from '../regions';

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

const tier = z.string().regex(/^db-[A-Za-z0-9-]+$/, 'a tier such as db-custom-2-7680');
const diskSizeGb = z.int().min(10).max(65536);

/** A day of the calendar: in one year, or in every. */
const date = z
  .string()
  .regex(
    /^(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
    'a day such as 2026-12-20, or 12-20 for every year',
  );

const maintenance = z.strictObject({
  day: z
    .enum(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'])
    .default('SU')
    .describe('Day of the week when Google may do maintenance.'),
  hour: z.int().min(0).max(23).default(3).describe('Hour of that day when it may begin, UTC.'),
  track: z
    .enum(['canary', 'stable', 'week5'])
    .default('stable')
    .describe('When it comes: canary a week after the notice, stable two, week5 five.'),
  deny: z
    .strictObject({
      start: date.describe('First day without maintenance.'),
      end: date.describe('Last day without maintenance, at most 90 days later.'),
      time: timeOfDay.default('00:00').describe('When it begins and ends on those days, UTC.'),
    })
    .optional()
    .describe('Days without any maintenance, for example the end of the year. Default: none.'),
});

const insights = z.strictObject({
  queryStringLength: z
    .int()
    .min(256)
    .max(4500)
    .default(1024)
    .describe('How much of a query is kept, in bytes.'),
  queryPlansPerMinute: z.int().min(0).max(20).default(5).describe('How many plans are sampled a minute.'),
  recordClientAddress: z.boolean().default(true).describe('Whether the address of the client is kept.'),
  recordApplicationTags: z
    .boolean()
    .default(true)
    .describe('Whether tags that programs write into comments are kept.'),
});

const connect = z
  .strictObject({
    privateServiceAccess: z
      .literal(true)
      .optional()
      .describe('By an address in network.databases, which is the default.'),
    psc: z
      .strictObject({
        allowedProjects: z
          .array(z.string())
          .default([])
          .describe('Projects beside that of the platform whose networks may have an address that leads to it.'),
      })
      .optional()
      .describe('By Private Service Connect: an address in the subnet of the nodes.'),
  })
  .refine((one) => one.psc === undefined || one.privateServiceAccess === undefined, {
    error: 'either privateServiceAccess or psc; an instance has one of them for good',
    params: { fix: 'remove one of the two' },
  });

const replica = z.strictObject({
  tier: tier.optional().describe('Machine. Default: that of the instance.'),
  region: z
    .enum(regionNames)
    .optional()
    .describe('Region. Default: that of the platform. Changing this recreates the replica.'),
  zone: z.string().optional().describe('Zone of the region. Default: Google chooses.'),
  diskSizeGb: diskSizeGb
    .optional()
    .describe('First size of the disk, in GB, at least that of the instance. Default: the same.'),
});

const clone = z
  .strictObject({
    of: z.string().optional().describe('Instance under databases that it is a copy of.'),
    instance: z
      .string()
      .regex(/^[a-z][-a-z0-9]*[a-z0-9]$/, 'the name of an instance at Google')
      .optional()
      .describe('Name of an instance at Google, for one of another environment in the same project.'),
    pointInTime: z
      .string()
      .regex(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/,
        'a time in UTC such as 2026-11-20T08:00:00Z',
      )
      .optional()
      .describe('The state of which moment is copied. Default: that of the moment of making.'),
  })
  .refine((one) => (one.of === undefined) !== (one.instance === undefined), {
    error: 'either of, a key under databases, or instance, a name at Google',
    params: { fix: 'write one of the two' },
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
  tier: tier
    .default('db-custom-1-3840')
    .describe(
      'Machine: db-custom-CPUS-MEGABYTES, or a predefined one of the edition. 1 CPU or an even number up to 96; from 0.9 to 6.5 GB for each, at least 3840 MB, a multiple of 256.',
    ),
  diskSizeGb: diskSizeGb.default(10).describe('First size of the disk, in GB; it grows by itself and never shrinks.'),
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
      location: z
        .string()
        .regex(/^[a-z]+(-[a-z]+\d+)?$/, 'a region such as us-west1, or a multi-region: us, eu, asia')
        .optional()
        .describe('Where backups are kept: a region, or us, eu or asia. Default: the multi-region that is nearest.'),
    })
    .prefault({})
    .describe('Backups; they cannot be switched off.'),
  flags: z
    .record(z.string().regex(/^[a-z][a-z0-9_.]*$/, 'the name of a database flag'), flagValue)
    .default({})
    .describe('Database flags, laid over the auditing flags that every instance gets.'),
  connect: connect
    .prefault({})
    .describe('How it is reached; it never has a public address. Changing this recreates the instance.'),
  insights: insights.prefault({}).describe('What Query Insights keeps; it is always on.'),
  maintenance: maintenance.prefault({}).describe('When Google may do maintenance.'),
  replicas: mapOf(replica)
    .default({})
    .describe('Read replicas by name. Renaming one recreates it.'),
  clone: clone
    .optional()
    .describe(
      'What it is a copy of, made once: for reviews, tests and rehearsed restores. Changing this recreates the instance.',
    ),
  roles: databaseRoles,
  users: databaseUsers,
  deletionProtection: z
    .boolean()
    .default(true)
    .describe('Whether Terraform and Google refuse to delete the instance.'),
});
export type DatabaseConfig = z.infer<typeof database>;
