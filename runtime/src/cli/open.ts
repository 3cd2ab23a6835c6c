import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Level, Log, levels } from '../log/log';
import { Project } from '../project/project';
import { pythonText } from '../value/python-text';
import type { Host } from './host';
import { type ProjectFlags, usage } from './options';

/** What a command works with. */
export interface Opened {
  readonly project: Project;
  readonly log: Log;
  readonly cwd: string;
}

/** Opens the project that the command line means. */
export function openProject(
  host: Host,
  flags: ProjectFlags,
  environmentRequired: boolean,
  fields: Readonly<Record<string, string>> = {},
): Opened {
  const cwd = resolve(host.cwd, flags.cwd ?? '.');
  if (!existsSync(cwd)) throw usage(`--cwd is '${flags.cwd ?? ''}', which is no folder`);
  const { environment } = flags;
  const project = Project.open({
    shell: host.env,
    cwd,
    environment: environment === false ? 'null' : environment,
    environmentRequired,
  });
  const level = levelOf(flags.logLevel ?? pythonText(project.settings.get('cli.log_level')));
  const { logFormat } = flags;
  if (logFormat !== undefined && logFormat !== 'json' && logFormat !== 'text') {
    throw usage(`--log-format is '${logFormat}', expected json or text`);
  }
  const json = logFormat === undefined ? !host.isTerminal : logFormat === 'json';
  const log = new Log({ write: host.err, json, level, fields: json ? fields : {} });
  return { project, log, cwd };
}

function levelOf(level: string): Level {
  const known = levels.find((one) => one === level);
  if (!known) throw usage(`--log-level is '${level}', expected one of ${levels.join(', ')}`);
  return known;
}
