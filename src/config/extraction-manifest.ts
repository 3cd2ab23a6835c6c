import { parse } from 'yaml';
import * as z from 'zod';

/** One table; its settings are called as the extraction calls them. */
const table = z.strictObject({
  import_db: z.string().min(1),
  import_query: z.string().min(1),
  export_schema: z.string().min(1),
  export_table: z.string().min(1),
  export_table_primary_key: z.string().min(1),
  advanced_metadata: z.boolean().default(false),
});
export type ExtractionTable = z.infer<typeof table>;

const manifest = z.object({ tables: z.record(z.string(), table) });

/** A manifest that was read, or what is wrong with it, in a sentence each. */
export type ReadManifest =
  | { readonly tables: Readonly<Record<string, ExtractionTable>>; readonly faults: readonly [] }
  | { readonly tables: undefined; readonly faults: readonly string[] };

/** Reads a manifest of tables to extract from a database: `tables` by name, each with its query and its target. */
export function parseExtractionManifest(text: string): ReadManifest {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    return { tables: undefined, faults: [(error as Error).message.split('\n')[0] ?? 'it is no YAML'] };
  }
  const parsed = manifest.safeParse(value);
  if (parsed.success) return { tables: parsed.data.tables, faults: [] };
  return {
    tables: undefined,
    faults: parsed.error.issues.map(
      (issue) => `${issue.path.length === 0 ? 'the file' : issue.path.join('.')}: ${issue.message}`,
    ),
  };
}
