import { accessSync, constants } from 'node:fs';
import { Problem } from '../problem';
import { execute } from './execute';

/** What makes virtual environments and fills them. */
export interface Installer {
  readonly name: 'uv' | 'pip';
  /** Makes an empty virtual environment. */
  makeEnvironment(folder: string, python: string | undefined): Promise<void>;
  /** Installs what a `pip_url` asks for, whatever its newest versions are. */
  install(folder: string, args: readonly string[]): Promise<void>;
  /** Installs what a lock names, and nothing that is not byte for byte what it names. */
  installLocked(folder: string, lock: string): Promise<void>;
  /** The requirements with every version and hash; the virtual environment may be empty. */
  lock(folder: string, args: readonly string[]): Promise<string>;
}

/** Where an installer runs. */
export interface Surroundings {
  readonly cwd: string;
  readonly shell: Readonly<Record<string, string | undefined>>;
  /** Takes what it says. */
  readonly log: (line: string) => void;
}

/** A part of the report of `pip install --dry-run`. */
interface PipReport {
  readonly install: readonly {
    readonly metadata: { readonly name: string; readonly version: string };
    readonly download_info: {
      readonly archive_info?: { readonly hashes?: Readonly<Record<string, string>> };
    };
  }[];
}

/** The installer of a name; where none is named, uv if it is there. */
export function chooseInstaller(named: string | undefined, surroundings: Surroundings): Installer {
  const { shell } = surroundings;
  const hasUv = (shell.PATH ?? '').split(':').some((folder) => isExecutable(`${folder}/uv`));
  const name = named ?? (hasUv ? 'uv' : 'pip');
  const env = { ...shell, PYTHONPATH: undefined, VIRTUAL_ENV: undefined, UV_PYTHON_DOWNLOADS: 'never' };
  const run = (argv: readonly string[], input?: string): Promise<string> =>
    execute(
      { argv, cwd: surroundings.cwd, env, ...(input === undefined ? {} : { input }) },
      surroundings.log,
    );
  if (name === 'uv' && hasUv) return uv(run);
  if (name === 'pip') return pip(run);
  if (name === 'uv') throw new Problem('uv is not on PATH', { fix: 'Install it, or use --installer pip.' });
  throw new Problem(`--installer is '${name}', expected uv or pip`);
}

type Run = (argv: readonly string[], input?: string) => Promise<string>;

function uv(run: Run): Installer {
  const into = (folder: string): string[] => ['--python', `${folder}/bin/python`];
  return {
    name: 'uv',
    makeEnvironment: async (folder, python) => {
      await run(['uv', 'venv', '--quiet', ...(python === undefined ? [] : ['--python', python]), folder]);
    },
    install: async (folder, args) => {
      await run(['uv', 'pip', 'install', '--quiet', ...into(folder), ...args]);
    },
    installLocked: async (folder, lock) => {
      await run([
        'uv',
        'pip',
        'install',
        '--quiet',
        ...into(folder),
        '--require-hashes',
        '--requirement',
        lock,
      ]);
    },
    lock: (folder, args) =>
      run(
        [
          'uv',
          'pip',
          'compile',
          '--quiet',
          '--generate-hashes',
          '--no-header',
          '--no-annotate',
          ...into(folder),
          '-',
        ],
        requirementLines(args),
      ),
  };
}

function pip(run: Run): Installer {
  const command = (folder: string, ...args: readonly string[]): string[] => [
    ...[`${folder}/bin/python`, '-m', 'pip', 'install', '--disable-pip-version-check', '--quiet'],
    ...args,
  ];
  return {
    name: 'pip',
    makeEnvironment: async (folder, python) => {
      await run([python ?? 'python3', '-m', 'venv', folder]);
    },
    install: async (folder, args) => {
      await run(command(folder, ...args));
    },
    installLocked: async (folder, lock) => {
      await run(command(folder, '--require-hashes', '--no-deps', '--requirement', lock));
    },
    lock: async (folder, args) => {
      const report = await run(command(folder, '--dry-run', '--ignore-installed', '--report', '-', ...args));
      return requirementsOf(JSON.parse(report) as PipReport);
    },
  };
}

function requirementsOf({ install }: PipReport): string {
  const lines = install.map(({ metadata: { name, version }, download_info: from }) => {
    const hash = from.archive_info?.hashes?.sha256;
    if (hash === undefined) {
      throw new Problem(`${name} ${version} comes from a repository or a folder, and has no hash`, {
        fix: 'Take it from an index or an archive, or install it without a lock.',
      });
    }
    return `${name}==${version} --hash=sha256:${hash}`;
  });
  return `${lines.sort().join('\n')}\n`;
}

/** The words of a `pip_url` as lines of a requirements file: an option has its value on its own line. */
function requirementLines(args: readonly string[]): string {
  const lines: string[] = [];
  for (const [i, word] of args.entries()) {
    const before = args[i - 1];
    const isValue = before?.startsWith('-') === true && !before.includes('=') && !word.startsWith('-');
    if (isValue) lines.push(`${lines.pop() ?? ''} ${word}`);
    else lines.push(word);
  }
  return `${lines.join('\n')}\n`;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
