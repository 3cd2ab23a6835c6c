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
  for (const secret of projectSecrets(project)) log.mask.add(secret);
  return { project, log, cwd };
}

/** What gets into the store of the states: keys, and passwords in addresses. */
function projectSecrets(project: Project): string[] {
  const of = (name: string): string => pythonText(project.settings.get(name) ?? '');
  const inAddresses = ['state_backend.uri', 'database_uri'].flatMap((name) => {
    const found = /\/\/[^/@:]*:([^/]+)@/.exec(of(name))?.[1];
    return found === undefined ? [] : [found, decodeURIComponent(found)];
  });
  const connection = of('state_backend.azure.connection_string');
  return [
    ...inAddresses,
    connection,
    ...connection
      .split(';')
      .map((part) => /^(?:AccountKey|SharedAccessSignature)=(.+)$/.exec(part)?.[1] ?? ''),
    of('state_backend.s3.aws_secret_access_key'),
    of('state_backend.gcs.application_credentials_json'),
  ].filter((secret) => secret !== '');
}

function levelOf(level: string): Level {
  const known = levels.find((one) => one === level);
  if (!known) throw usage(`--log-level is '${level}', expected one of ${levels.join(', ')}`);
  return known;
}
