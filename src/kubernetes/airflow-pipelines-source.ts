import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

let files: Readonly<Record<string, string>> | undefined;

/** The DAG factory by file name: what the folder dags/tapline_dags of this package holds. */
export function factorySource(): Readonly<Record<string, string>> {
  return (files ??= readFactory());
}

function readFactory(): Readonly<Record<string, string>> {
  const folder = factoryFolder();
  const names = readdirSync(folder).filter((name) => name.endsWith('.py'));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** The sources, the library and the bundles lie at different depths below the folder of the package. */
function factoryFolder(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const found = join(folder, 'dags/tapline_dags');
    if (existsSync(join(found, '__init__.py'))) return found;
    if (folder === dirname(folder)) throw new Error('tapline was installed without its folder dags');
  }
}
