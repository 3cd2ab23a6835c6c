import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Plugin } from '../plugins/plugin';
import { Problem } from '../problem';
import type { Project } from '../project/project';

/** A lock of a plugin's packages: every version and hash. */
export interface PackageLock {
  readonly file: string;
  /** Changes with every byte of it. */
  readonly digest: string;
}

/** Where the lock of a plugin's packages lies, beside Meltano's lock of its definition. */
export function lockFile(project: Project, plugin: Plugin): string {
  return `${project.root}/plugins/${plugin.type}/${plugin.name}--${plugin.variant}.requirements.txt`;
}

/** The lock of a plugin, undefined where there is none; fails where it is for another `pip_url`. */
export function readLock(project: Project, plugin: Plugin, fingerprint: string): PackageLock | undefined {
  const file = lockFile(project, plugin);
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  const of = /^# fingerprint: (\w+)$/m.exec(text)?.[1];
  if (of !== fingerprint) {
    throw new Problem(`${file} is the lock of another pip_url of ${plugin.name}`, {
      fix: `Write it anew with \`tapline-run install --lock ${plugin.name}\`.`,
    });
  }
  return { file, digest: createHash('sha256').update(text).digest('hex') };
}

/** Writes the lock of a plugin. */
export function writeLock(project: Project, plugin: Plugin, fingerprint: string, requirements: string): void {
  const file = lockFile(project, plugin);
  mkdirSync(dirname(file), { recursive: true });
  const head = '# Written by `tapline-run install --lock`: every package with its version and hashes.\n';
  writeFileSync(file, `${head}# fingerprint: ${fingerprint}\n${requirements}`);
}
