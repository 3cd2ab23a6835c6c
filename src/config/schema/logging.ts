import * as z from 'zod';
import { key, mapOf } from './common';
import { principal } from './principal';

const filter = z.string().min(1).max(20000, 'at most 20000 characters');

const sink = z.strictObject({
  destination: z
    .strictObject({
      bucket: key.optional().describe('Bucket under buckets: written hourly, cheapest to keep.'),
      topic: key.optional().describe('Topic under topics: as they come.'),
      dataset: z
        .string()
        .max(1024)
        .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'letters, digits and underscores, first no digit')
        .optional()
        .describe('Dataset in BigQuery, which is made for it: to be queried.'),
    })
    .refine((value) => Object.values(value).filter((one) => one !== undefined).length === 1, {
      error: 'one of bucket, topic and dataset',
      params: { fix: 'write destination: { bucket: KEY }' },
    })
    .describe('Where the log entries go: one of these.'),
  filter: filter.describe('Which entries, in the language of the Logs Explorer, for example `severity>=ERROR`.'),
  retentionDays: z
    .int()
    .min(1)
    .max(3650)
    .default(90)
    .describe('After how many days the tables of a dataset are deleted; a bucket and a topic say that themselves.'),
});

const metric = z.strictObject({
  filter: filter.describe('Which log entries count.'),
  description: z.string().max(8000).default('').describe('What it counts, for people.'),
  labels: z
    .record(
      z.string().max(100).regex(/^[a-z][a-z0-9_]*$/, 'lower-case letters, digits and underscores, first a letter'),
      z.string().regex(/^(REGEXP_)?EXTRACT\(.+\)$/, 'EXTRACT(FIELD) or REGEXP_EXTRACT(FIELD, "PATTERN")'),
    )
    .default({})
    .describe('Labels by name, each with what it is taken from: `EXTRACT(jsonPayload.task)`. Each value is a time series that costs.'),
  value: z
    .string()
    .regex(/^(REGEXP_)?EXTRACT\(.+\)$/, 'EXTRACT(FIELD) or REGEXP_EXTRACT(FIELD, "PATTERN")')
    .optional()
    .describe('Number in the entry whose distribution is kept. Default: entries are counted.'),
});

/** Cloud Logging. */
export const logging = z.strictObject({
  sinks: mapOf(sink).default({}).describe('Exports of log entries by name; only entries from then on.'),
  metrics: mapOf(metric).default({}).describe('Metrics made of log entries, by name.'),
  exclusions: mapOf(
    z.strictObject({
      filter: filter.describe('Which entries are thrown away. Sinks still get them.'),
      description: z.string().max(8000).default('').describe('Why, for people.'),
    }),
  )
    .default({})
    .describe('Log entries that are not kept, which saves their cost, by name.'),
  auditLogs: z
    .strictObject({
      services: z
        .array(
          z
            .string()
            .regex(/^(allServices|[a-z][a-z0-9-]*\.googleapis\.com)$/, 'a service such as storage.googleapis.com'),
        )
        .min(1)
        .default(['cloudsql.googleapis.com', 'secretmanager.googleapis.com'])
        .describe(
          'Services whose every read and write of data is logged. The default ones log little; storage.googleapis.com logs each object that is read, which costs by the volume.',
        ),
      exempt: z
        .array(principal)
        .default([])
        .describe('Members whose access is not logged.'),
    })
    .optional()
    .describe(
      'Data access audit logs. They replace what the project says about these services, so only one platform of a project can have them. Default: as the project has them (changes are logged in any case).',
    ),
});
export type LoggingConfig = z.infer<typeof logging>;
