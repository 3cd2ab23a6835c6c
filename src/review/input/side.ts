import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { type Stack, type StackFile, stackFrom } from '../terraform/stack';
import type { Diagnostic, Source } from '../types';
import { withoutText } from './parse-reason';
import { conflictIn, countLines, splitDocuments, type TextDocument } from './texts';

/** Larger files are somebody's data and no output of a tool. */
const maxBytes = 64 * 2 ** 20;

/** One state of an output: everything that was found in a folder. */
export interface Side {
  /** Files of Terraform by the name of their stack. */
  readonly stacks: ReadonlyMap<string | null, readonly StackText[]>;
  /** Documents of Kubernetes by the cluster that they are for; one cluster for what says nothing of it. */
  readonly clusters: ReadonlyMap<string, readonly TextDocument[]>;
  readonly sources: ReadonlyMap<string, ReadonlyMap<string, Source>>;
  readonly diagnostics: readonly Diagnostic[];
  /** Whether there was anything to read at all. */
  readonly empty: boolean;
}

export interface StackText {
  readonly file: string;
  readonly text: string;
}

/** Reads a folder that tapline, cdktf, cdk8s, helm, kustomize or a person wrote. */
export function readSide(folder: string): Side {
  const stacks = new Map<string | null, StackText[]>();
  const clusters = new Map<string, TextDocument[]>();
  const sources = new Map<string, ReadonlyMap<string, Source>>();
  const diagnostics: Diagnostic[] = [];
  for (const file of filesBelow(folder)) {
    const path = join(folder, file);
    const { size } = statSync(path);
    if (size > maxBytes) {
      diagnostics.push({
        level: 'error',
        file,
        line: 1,
        message: `${String(Math.round(size / 2 ** 20))} MB are more than a review reads (${String(maxBytes / 2 ** 20)} MB); this file is not reviewed`,
      });
      continue;
    }
    const text = readFileSync(path, 'utf8');
    if (file.endsWith('tapline.map.json')) {
      const map = sourcesIn(text);
      if (map !== undefined) sources.set(unitOf(file), map);
    } else if (isTerraform(file)) {
      if (file.endsWith('.tf') && !/^\s*moved\s*\{/m.test(text)) {
        if (/^\s*(resource|module)\s+"/m.test(text)) diagnostics.push(notJson(file, text));
        continue;
      }
      push(stacks, stackOf(file), { file, text });
    } else {
      for (const document of file.endsWith('.json')
        ? [{ file, line: 1, text }]
        : splitDocuments(file, text)) {
        push(clusters, clusterOf(file), document);
      }
    }
  }
  return { stacks, clusters, sources, diagnostics, empty: stacks.size === 0 && clusters.size === 0 };
}

/** The stacks of a side; a broken file takes its whole stack out, since its resources would look deleted. */
export function parseStack(
  name: string | null,
  texts: readonly StackText[],
): { readonly stack: Stack | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const files: StackFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { file, text } of texts) {
    const conflict = conflictIn(file, text);
    if (conflict !== undefined) diagnostics.push(conflict);
    else if (file.endsWith('.tf')) files.push({ file, text });
    else {
      try {
        files.push({ file, value: JSON.parse(text) as unknown });
      } catch (error) {
        diagnostics.push({
          level: 'error',
          file,
          line: lineOf(error as Error, text),
          message: `this is not JSON (${withoutText((error as Error).message)}); this stack is not reviewed`,
        });
      }
    }
  }
  return { stack: diagnostics.length > 0 ? undefined : stackFrom(name, files), diagnostics };
}

/** Where a map says it, the line of the configuration that an address comes from. */
export function sourceOf(side: Side, unit: string, address: string): Source | null {
  return side.sources.get(unit)?.get(address) ?? null;
}

/** Files of manifests that are there and could not be read. */
export function unreadManifests(side: Side): readonly string[] {
  return unread(side).filter((file) => !isTerraform(file));
}

/** Stacks of which a file is there and could not be read. */
export function unreadStacks(side: Side): ReadonlySet<string | null> {
  return new Set(unread(side).filter(isTerraform).map(stackOf));
}

function unread({ diagnostics }: Side): readonly string[] {
  return diagnostics.flatMap(({ level, file }) => (level === 'error' ? [file] : []));
}

function isTerraform(file: string): boolean {
  return /\.tf(\.json)?$/.test(file);
}

/** `production/cdktf.out/stacks/data/cdk.tf.json` is of the stack `production/data`. */
function stackOf(file: string): string | null {
  const folder = dirname(file);
  const [, environment, stack] = /^(?:(.*)\/)?cdktf\.out\/stacks\/([^/]+)$/.exec(folder) ?? [];
  if (stack !== undefined) return environment === undefined ? stack : `${environment}/${stack}`;
  return folder === '.' ? null : folder;
}

/** `production/dist/main/01-x.k8s.yaml` is for the cluster `production/main`; any other folder is one cluster. */
function clusterOf(file: string): string {
  const [, environment, cluster] = /^(?:(.*)\/)?dist\/(?:([^/]+)\/)?[^/]+$/.exec(file) ?? [];
  return [environment, cluster].filter((part) => part !== undefined).join('/');
}

/** Key under which the map of a unit is found, by the stack or cluster of its files. */
export function unitOf(file: string): string {
  return /(^|\/)dist\//.test(file) ? `cluster ${clusterOf(file)}` : `stack ${String(stackOf(file))}`;
}

function sourcesIn(text: string): ReadonlyMap<string, Source> | undefined {
  try {
    const { sources } = JSON.parse(text) as { sources?: Record<string, Source> };
    return sources === undefined ? undefined : new Map(Object.entries(sources));
  } catch {
    // Without its map a change is told without its line.
    return undefined;
  }
}

function notJson(file: string, text: string): Diagnostic {
  return {
    level: 'error',
    file,
    line: 1 + countLines(text, 0, /^\s*(resource|module)\s+"/m.exec(text)?.index ?? 0),
    message: "resources in Terraform's own language are not read, only Terraform JSON (*.tf.json) is",
  };
}

function lineOf(error: Error, text: string): number {
  const [, position] = /position (\d+)/.exec(error.message) ?? [];
  const [, line] = /line (\d+)/.exec(error.message) ?? [];
  return line === undefined ? 1 + countLines(text, 0, Number(position ?? 0)) : Number(line);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** What people and tools put beside an output, and is none. */
const ignored =
  /(^|\/)(node_modules|\.[^/]+)(\/|$)|(^|\/)(manifest\.json|package(-lock)?\.json|values.*\.ya?ml|Chart\.yaml|kustomization\.ya?ml|platform\.ya?ml|meltano\.ya?ml|tfplan.*\.json)$/;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json|tf)$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !ignored.test(file))
    .sort();
}
