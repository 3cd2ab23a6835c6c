import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { Log } from '../log/log';
import { runFolder } from '../plugins/paths';
import { Problem } from '../problem';
import type { Project } from '../project/project';
import type { PluginSettings } from '../settings/plugin-settings';
import { JsonError, parseJson } from '../value/json-parse';
import { printJson } from '../value/json-print';
import { pythonText } from '../value/python-text';
import { type Dict, isDict, isTruthy, type Value } from '../value/value';
import { applyMetadataRules, applySchemaRules, missingStreams } from './apply';
import { metadataRules, schemaRules, selectFilterRules, selectRules } from './rules';

/** Runs a tap with `--discover`, its output going into an open file; gives its exit code and last words. */
export type Discover = (output: number) => Promise<{ readonly code: number; readonly said: string }>;

/** The catalog of a tap: where it lies, and how it comes to be. */
export class Catalog {
  /** Where Meltano keeps it, too. */
  readonly file: string;
  private readonly keyFile: string;

  constructor(
    private readonly project: Project,
    private readonly settings: PluginSettings,
    private readonly log: Log,
  ) {
    const folder = runFolder(project, settings.plugin);
    this.file = `${folder}/tap.properties.json`;
    this.keyFile = `${folder}/tap.properties.cache_key`;
  }

  /** Whether there is one that a tap could be given. */
  get hasData(): boolean {
    return existsSync(this.file) && statSync(this.file).size > 0;
  }

  /** Gets it: the user's own, the one of the last run where nothing has changed, or by discovery; then selects in it. */
  async prepare(refresh: boolean, discover: Discover): Promise<void> {
    if (await this.get(refresh, discover)) this.check();
    const { capabilities } = this.settings.plugin;
    if (capabilities.includes('catalog') || capabilities.includes('properties')) this.applyRules();
  }

  private async get(refresh: boolean, discover: Discover): Promise<boolean> {
    const own = this.settings.get('_catalog');
    if (isTruthy(own)) {
      const from = this.project.path(pythonText(own));
      try {
        copyFileSync(from, this.file);
      } catch (error) {
        throw new Problem(`the catalog ${from} cannot be read: ${(error as Error).message}`, {
          fix: `Look at \`catalog\` of ${this.settings.plugin.name}.`,
        });
      }
      this.log.info(`using the catalog ${from}`);
      return true;
    }
    if (
      existsSync(this.file) &&
      !refresh &&
      isTruthy(this.settings.get('_use_cached_catalog')) &&
      this.isCurrent()
    ) {
      this.log.debug('using the catalog of the last run');
      return true;
    }
    rmSync(this.keyFile, { force: true });
    if (!this.settings.plugin.capabilities.includes('discover')) return false;
    await this.discover(discover);
    return true;
  }

  private isCurrent(): boolean {
    return existsSync(this.keyFile) && readFileSync(this.keyFile, 'utf8') === this.key();
  }

  private async discover(discover: Discover): Promise<void> {
    this.log.info('running catalog discovery');
    const output = openSync(this.file, 'w');
    try {
      const { code, said } = await discover(output);
      if (code === 0) return;
      throw new Problem(
        `catalog discovery of ${this.settings.plugin.name} failed with exit code ${code}: ${said}`,
      );
    } catch (error) {
      rmSync(this.file, { force: true });
      throw error;
    } finally {
      closeSync(output);
    }
  }

  private check(): void {
    this.read();
  }

  private read(): Value {
    try {
      return parseJson(readFileSync(this.file, 'utf8'));
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      rmSync(this.file, { force: true });
      throw new Problem(`the catalog of ${this.settings.plugin.name} is no JSON: ${error.message}`, {
        fix: 'See what the tap prints with --discover; only the catalog may go to its standard output.',
      });
    }
  }

  private applyRules(): void {
    const own = isTruthy(this.settings.get('_catalog'));
    const schema = own ? [] : schemaRules(this.map('_schema'));
    const metadata = [
      ...(own
        ? []
        : [
            ...selectRules(['!*.*']),
            ...selectRules(this.texts('_select')),
            ...metadataRules(this.map('_metadata')),
          ]),
      ...selectFilterRules(this.texts('_select_filter')),
    ];
    if (schema.length === 0 && metadata.length === 0) return;
    if (!existsSync(this.file)) {
      throw new Problem(`${this.settings.plugin.name} has no catalog to select in`, {
        fix: 'Give the tap the capability `discover`, or a file by `catalog`.',
      });
    }
    const catalog = this.read();
    if (!isDict(catalog)) {
      rmSync(this.file, { force: true });
      throw new Problem(`the catalog of ${this.settings.plugin.name} is no JSON object`);
    }
    if (schema.length > 0) applySchemaRules(catalog, schema);
    for (const name of missingStreams(catalog, metadata))
      this.log.warning(`the stream '${name}' is not in the catalog`);
    applyMetadataRules(catalog, metadata);
    writeFileSync(this.file, printJson(catalog, 2));
    const key = this.key();
    if (key === undefined) rmSync(this.keyFile, { force: true });
    else writeFileSync(this.keyFile, key);
  }

  /** What the catalog of a run depends on; undefined where it may change without that. */
  private key(): string | undefined {
    const { pipUrl } = this.settings.plugin;
    if (pipUrl === undefined || pipUrl.startsWith('-e') || isTruthy(this.settings.get('_catalog')))
      return undefined;
    const parts: Dict = new Map(this.settings.all(false));
    for (const name of ['_schema', '_metadata']) parts.set(name, this.settings.get(name));
    return createHash('sha1').update(printJson(parts)).digest('hex');
  }

  private texts(name: string): string[] {
    const value = this.settings.get(name);
    return Array.isArray(value) ? value.map(pythonText) : [];
  }

  private map(name: string): Dict {
    const value = this.settings.get(name);
    return isDict(value) ? value : new Map<string, Value>();
  }
}
