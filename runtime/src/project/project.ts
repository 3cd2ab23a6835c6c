import { existsSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { Plugins } from '../plugins/registry';
import { exitCode, Problem } from '../problem';
import type { Variables } from '../settings/expand';
import { ProjectSettings } from '../settings/project-settings';
import { pythonText } from '../value/python-text';
import { type Dict, isDict, isTruthy, type Value } from '../value/value';
import { loadDotenv } from './dotenv';
import { checkKeys } from './known-keys';
import { Environment } from './environment';
import { loadProjectFiles } from './files';
import { meetsRequirement } from './requirement';

/** The version of Meltano whose projects this program runs, and whose behaviour it has. */
export const meltanoVersion = '4.4.1';

/** Keys of meltano.yml that are no settings. */
const sections = ['version', 'plugins', 'schedules', 'environments', 'jobs', 'env', 'requires_meltano'];

/** What the command line says about the project. */
export interface ProjectOptions {
  /** The variables of the process. */
  readonly shell: Variables;
  /** The folder to look from. */
  readonly cwd: string;
  /** `--environment`. */
  readonly environment?: string | undefined;
  /** Whether an environment has to be active. @default true */
  readonly environmentRequired?: boolean;
  /** Values of the project's settings. */
  readonly settings?: ReadonlyMap<string, Value>;
}

/** A Meltano project: its files as read, the active environment, its settings and plugins. */
export class Project {
  readonly environment: Environment | undefined;
  readonly settings: ProjectSettings;
  readonly plugins: Plugins;
  readonly shell: Variables;
  /** The variables of the `.env` file. */
  readonly dotenv: Variables;
  /** Where Meltano keeps what it makes: `.meltano`. */
  readonly systemFolder: string;
  private readonly contents: Dict;

  private constructor(
    readonly root: string,
    options: ProjectOptions,
  ) {
    const shell: Variables = {
      ...options.shell,
      MELTANO_JOB_TRIGGER: options.shell.MELTANO_JOB_TRIGGER ?? 'cli',
    };
    this.shell = shell;
    this.dotenv = loadDotenv(`${root}/.env`, shell);
    this.contents = loadProjectFiles(root);
    const system = shell.MELTANO_SYS_DIR_ROOT;
    this.systemFolder = real(resolve(options.cwd, system ?? `${root}/.meltano`));
    this.checkVersion();
    const file = `${root}/meltano.yml`;
    checkKeys(this.contents, file);
    this.plugins = new Plugins(root, this.contents.get('plugins'), file);
    const withoutEnvironment = this.makeSettings(options, '');
    const name = selectEnvironment(options, this.dotenv, withoutEnvironment);
    if (name === undefined && options.environmentRequired !== false) {
      throw new Problem('no environment is active', {
        fix: 'Choose one with --environment or MELTANO_ENVIRONMENT, or set default_environment in meltano.yml.',
      });
    }
    this.environment =
      name === undefined ? undefined : Environment.find(this.contents.get('environments'), name, file);
    this.settings = this.makeSettings(options, name ?? '');
  }

  /** Finds the project that a folder is in, as Meltano does. */
  static open(options: ProjectOptions): Project {
    const named = options.shell.MELTANO_PROJECT_ROOT;
    let folder = real(resolve(options.cwd, named === undefined || named === '' ? '.' : named));
    if (named === undefined || named === '') {
      while (!existsSync(`${folder}/meltano.yml`) && dirname(folder) !== folder) folder = dirname(folder);
    }
    if (!existsSync(`${folder}/meltano.yml`)) {
      throw new Problem(`there is no meltano.yml in ${named ?? options.cwd} or above it`, {
        fix: 'Run this inside a Meltano project, or name it with --cwd or MELTANO_PROJECT_ROOT.',
        exitCode: exitCode.usage,
      });
    }
    return new Project(folder, options);
  }

  /** The tasks of a job, flattened; undefined where there is no such job. */
  job(name: string): string[] | undefined {
    const jobs = this.contents.get('jobs');
    const found = (Array.isArray(jobs) ? jobs : []).find((job) => isDict(job) && job.get('name') === name);
    return isDict(found) ? flatTasks(found.get('tasks') ?? [], name) : undefined;
  }

  /** A path as the project means it: relative to its root. */
  path(path: string): string {
    if (isAbsolute(path)) return path;
    return `${this.root}/${path
      .split('/')
      .filter((part) => part !== '' && part !== '.')
      .join('/')}`;
  }

  /** The `env:` block of meltano.yml. */
  get env(): Record<string, string> {
    const block = this.contents.get('env');
    if (!isTruthy(block)) return {};
    if (!isDict(block)) throw new Problem(`${this.root}/meltano.yml: env is no map`);
    return Object.fromEntries(
      [...block].map(([name, value]) => {
        if (value === null) {
          throw new Problem(`${this.root}/meltano.yml: env: ${name} has no value`, {
            fix: `Write ${name}: "" or remove it.`,
          });
        }
        return [name, pythonText(value)];
      }),
    );
  }

  private makeSettings(options: ProjectOptions, environment: string): ProjectSettings {
    const about = {
      MELTANO_PROJECT_ROOT: this.root,
      MELTANO_ENVIRONMENT: environment,
      MELTANO_SYS_DIR_ROOT: this.systemFolder,
      MELTANO_USER_AGENT: `Meltano/${meltanoVersion}`,
    };
    const config: Dict = new Map([...this.contents].filter(([key]) => !sections.includes(key)));
    const { shell, dotenv } = this;
    return new ProjectSettings({
      shell,
      dotenv,
      about,
      block: this.env,
      config,
      ...(options.settings ? { options: options.settings } : {}),
    });
  }

  private checkVersion(): void {
    const required = this.contents.get('requires_meltano');
    if (typeof required === 'string' && !meetsRequirement(meltanoVersion, required)) {
      throw new Problem(
        `the project requires Meltano ${required}, and this program does what ${meltanoVersion} does`,
        {
          fix: 'Change requires_meltano in meltano.yml.',
          exitCode: exitCode.incompatible,
        },
      );
    }
  }
}

function selectEnvironment(
  options: ProjectOptions,
  dotenv: Variables,
  settings: ProjectSettings,
): string | undefined {
  const given = options.environment;
  const chosen =
    given !== undefined && given !== ''
      ? given
      : (options.shell.MELTANO_ENVIRONMENT ?? dotenv.MELTANO_ENVIRONMENT);
  if (chosen?.toLowerCase() === 'null') return undefined;
  if (chosen !== undefined && chosen !== '') return chosen;
  const byDefault = settings.get('default_environment');
  return typeof byDefault === 'string' && byDefault !== '' ? byDefault : undefined;
}

function flatTasks(tasks: Value, job: string): string[] {
  if (!Array.isArray(tasks)) {
    throw new Problem(`the tasks of the job '${job}' are no list`, {
      fix: 'Write `tasks: [tap-x target-y]`.',
    });
  }
  return tasks.flatMap((task) => {
    if (Array.isArray(task)) return flatTasks(task, job);
    if (typeof task !== 'string') throw new Problem(`the job '${job}' has a task that is no text`);
    return task.split(' ');
  });
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
