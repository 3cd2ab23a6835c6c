import { type ExtractionTable, parseExtractionManifest } from '../config/extraction-manifest';
import type { ConfigPath } from '../config/problem';
import type { EnvVar } from './platform';
import { type Scope, sortedEntries } from './scope';

/** The tables of a manifest, by name; adds a problem for each fault. */
export function readTables(scope: Scope, file: string, path: ConfigPath): [string, ExtractionTable][] {
  const text = scope.read?.(file);
  if (text === undefined) {
    scope.problems.add({
      path,
      message: scope.read === undefined ? 'files cannot be read here' : 'there is no such file',
      found: file,
      allowed: 'a manifest with tables, seen from this file',
      fix: 'write the way to it from the folder that this file is in',
    });
    return [];
  }
  const { tables, faults } = parseExtractionManifest(text);
  for (const fault of faults) {
    scope.problems.add({
      path,
      message: `${file}: ${fault}`,
      found: file,
      allowed:
        'tables: NAME: { import_db, import_query, export_schema, export_table, export_table_primary_key }',
      fix: `mend ${file}`,
    });
  }
  const entries = sortedEntries(tables ?? {});
  const keys = new Map<string, string>();
  for (const [name] of entries) {
    const key = tableKey(name);
    const other = keys.get(key);
    keys.set(key, name);
    if (other === undefined && key !== '') continue;
    scope.problems.add({
      path,
      message:
        other === undefined
          ? `${file}: '${name}' has no letter or digit that the name of a task may hold`
          : `${file}: the tables '${other}' and '${name}' would be one task`,
      found: name,
      allowed: 'names that differ in letters and digits',
      fix: `rename one of them in ${file}`,
    });
  }
  return entries;
}

/** The name of a table as the beginning of a task's id: `packages_package_files` becomes `packages-package-files`. */
export function tableKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** The settings of a table in the environment; its query is a template, since it holds the date of the run. */
export function tableEnv(table: ExtractionTable | null): EnvVar[] {
  if (table === null) return [];
  return [
    { name: 'ADVANCED_METADATA', value: String(table.advanced_metadata) },
    { name: 'EXPORT_SCHEMA', value: table.export_schema },
    { name: 'EXPORT_TABLE', value: table.export_table },
    { name: 'EXPORT_TABLE_PRIMARY_KEY', value: table.export_table_primary_key },
    { name: 'IMPORT_DB', value: table.import_db },
  ];
}
