import * as z from 'zod';

/** Things whose keys can be renamed, by the section that holds them. */
export const renamable = [
  'airflow',
  'buckets',
  'cluster.nodePools',
  'databases',
  'meltano',
  'pipelines',
  'registries',
  'secrets',
  'topics',
] as const;

/** A section with a map of things, and the key of one of them. */
const place = z
  .string()
  .regex(
    /^[a-zA-Z]+(\.[a-zA-Z]+)*\.[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'SECTION.KEY, the key as it was before, for example databases.main',
  );

const newKey = z
  .string()
  .regex(
    /^([a-zA-Z]+\.)*[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'the key as it is now, with or without its section, for example primary',
  );

/**
 * Keys that were renamed in the file. A key is the identity of what it names: without this, a new key is a new thing,
 * and the old one is destroyed.
 */
export const renamed = z
  .record(place, newKey)
  .default({})
  .describe(
    `Keys of this file that were renamed: \`SECTION.OLD: NEW\`, for example \`databases.main: primary\`. What the key names is kept: it moves to its new address in Terraform (\`moved\`), and its names at Google and in Kubernetes stay as they were. Keep the line as long as the thing exists. Sections: ${renamable.join(', ')}.`,
  );
export type RenamedConfig = z.infer<typeof renamed>;
