import * as z from 'zod';
import { mapOf } from './common';
import { members } from './members';

/** What Cloud Storage tells a topic about objects. */
const events = ['OBJECT_FINALIZE', 'OBJECT_METADATA_UPDATE', 'OBJECT_DELETE', 'OBJECT_ARCHIVE'] as const;

const notification = z.strictObject({
  topic: z.string().describe('Key of the topic under topics that is told.'),
  events: z
    .array(z.enum(events))
    .min(1)
    .default(['OBJECT_FINALIZE'])
    .describe('What it is told of. OBJECT_FINALIZE: a new object, or new content of one.'),
  prefix: z.string().min(1).optional().describe('Only objects whose names begin so. Default: all.'),
});

/** The name of a bucket. Names with dots are domains, which Google lets only their owners use. */
const bucketName = z
  .string()
  .min(3, 'at least 3 characters')
  .max(63, 'at most 63 characters')
  .regex(
    /^[a-z0-9][-_a-z0-9]*[a-z0-9]$/,
    'lower-case letters, digits, hyphens and underscores, no dots, first and last a letter or digit',
  )
  .refine((name) => !/^goog|g[o0]{2}g[l1]e?/.test(name), {
    error: 'a name that neither begins with goog nor holds google, which Google refuses',
    params: { fix: 'choose another name, or leave it out' },
  });

/** A bucket in Cloud Storage. */
export const bucket = z.strictObject({
  name: bucketName
    .optional()
    .describe(
      'Name of the bucket, the only one in the world. Default: project, platform and key. Changing this recreates the bucket.',
    ),
  existing: z
    .boolean()
    .default(false)
    .describe(
      'Whether somebody else makes the bucket: then only readers, metadataReaders, writers and notifications are added to it, and name is required.',
    ),
  location: z
    .string()
    .optional()
    .describe(
      'Region, or US, EU or ASIA for copies in several. Default: the region of the platform. Changing this recreates the bucket.',
    ),
  storageClass: z
    .enum(['STANDARD', 'NEARLINE', 'COLDLINE', 'ARCHIVE'])
    .optional()
    .describe('Class of new objects: colder ones are cheaper to keep and dearer to read. Default: STANDARD.'),
  lifecycle: z
    .array(
      z.strictObject({
        ageDays: z.int().min(0).max(36500).describe('Age of the object, in days.'),
        action: z
          .enum(['NEARLINE', 'COLDLINE', 'ARCHIVE', 'delete'])
          .describe('What happens at that age: the object moves to a colder class, or is deleted.'),
        prefix: z.string().min(1).optional().describe('Only objects whose names begin so. Default: all.'),
      }),
    )
    .default([])
    .describe('What happens to objects as they grow old. Default: nothing.'),
  versioning: z
    .boolean()
    .optional()
    .describe('Whether overwritten and deleted objects are kept for a while. Default: true, unless retention is set.'),
  noncurrentDays: z
    .int()
    .min(1)
    .max(36500)
    .optional()
    .describe('How long versioning keeps them, in days. Default: 30.'),
  retention: z
    .strictObject({
      days: z.int().min(1).max(36500).describe('How long, in days.'),
      locked: z
        .boolean()
        .default(false)
        .describe('Whether this can never be shortened or taken back, by anybody. Only a later loss undoes it.'),
    })
    .optional()
    .describe('For how long nobody can delete or overwrite an object. Excludes versioning.'),
  softDeleteDays: z
    .int()
    .min(0)
    .max(90)
    .refine((days) => days === 0 || days >= 7, {
      error: '0, or 7 to 90',
      params: { fix: 'write 7, or 0 to switch it off' },
    })
    .optional()
    .describe('How long Google can restore what was deleted, in days; 0 is not at all. Default: 7.'),
  readers: members.default([]).describe('Who may list and read objects.'),
  metadataReaders: members
    .default([])
    .describe(
      'Who may list objects and see how the bucket itself is set up, which loaders such as Snowflake do before they read.',
    ),
  writers: members.default([]).describe('Who may list, read, write and delete objects.'),
  notifications: mapOf(notification)
    .default({})
    .describe(
      'Topics that are told of changes, by name. Needs google.projectNumber: the agent of Cloud Storage, which publishes, is named by it.',
    ),
});
export type BucketConfig = z.infer<typeof bucket>;

/** Who read and wrote what in the buckets. */
export const accessLogs = z.strictObject({
  bucket: bucketName
    .optional()
    .describe(
      'A bucket of somebody else that takes them, for example one of the whole organization; group:cloud-storage-analytics@google.com must be let in there to create objects. Default: one is made, whose own readers are not told of.',
    ),
  retainDays: z
    .int()
    .min(1)
    .max(36500)
    .optional()
    .describe('How long the bucket that is made keeps them, in days. Default: 365.'),
});
export type AccessLogsConfig = z.infer<typeof accessLogs>;
