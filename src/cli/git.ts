import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { InputError } from '../output';

/** A commit of the repository that a folder is in. */
export interface Revision {
  readonly commit: string;
  /** As a person named it, or as it was found: `merge base with main`. */
  readonly name: string;
}

/** Where a repository has its main branch, the likeliest first. */
const mainBranches = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];

/** The commit that a person names. */
export function findRevision(folder: string, name: string): Revision {
  needRepository(folder);
  const commit = ask(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  if (commit === undefined) {
    throw new InputError(
      `There is no revision '${name}' here. Fetch it first: git fetch origin ${/^[\w./-]+$/.test(name) ? name.replace(/^origin\//, '') : 'BRANCH'}${shallowAdvice(folder)}`,
    );
  }
  return { commit, name };
}

/** Where the branch that is checked out left the main branch; on the main branch, its last commit. */
export function findMergeBase(folder: string): Revision {
  needRepository(folder);
  const main = mainBranches.find(
    (name) => ask(folder, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`]) !== undefined,
  );
  if (main === undefined) {
    throw new InputError(
      `The repository has no branch main or master to compare with. Name what to compare with: --base-ref REVISION.`,
    );
  }
  const commit = ask(folder, ['merge-base', 'HEAD', main]);
  if (commit === undefined) {
    throw new InputError(
      `The branch and ${main} have no commit in common${shallowAdvice(folder)}. Name what to compare with: --base-ref REVISION.`,
    );
  }
  return { commit, name: `merge base with ${main.replace(/\/HEAD$/, '')}` };
}

/** Does something with the files of a revision, checked out beside the repository; takes them away afterwards. */
export function withWorktree<T>(folder: string, { commit }: Revision, use: (folder: string) => T): T {
  const root = ask(folder, ['rev-parse', '--show-toplevel']);
  if (root === undefined) throw noRepository(folder);
  const temporary = mkdtempSync(join(tmpdir(), 'tapline-review-'));
  const tree = join(temporary, 'tree');
  try {
    git(root, ['worktree', 'add', '--quiet', '--detach', tree, commit]);
    return use(join(tree, relative(realpathSync(root), realpathSync(resolve(folder)))));
  } finally {
    if (existsSync(tree)) ask(root, ['worktree', 'remove', '--force', tree]);
    rmSync(temporary, { recursive: true, force: true });
    ask(root, ['worktree', 'prune']);
  }
}

/** The folder itself, or the nearest one above it that is there. */
export function existingFolder(folder: string): string {
  return existsSync(folder) ? folder : existingFolder(dirname(resolve(folder)));
}

function needRepository(folder: string): void {
  if (ask(folder, ['rev-parse', '--show-toplevel']) === undefined) throw noRepository(folder);
}

function noRepository(folder: string): InputError {
  return new InputError(
    `${folder} is in no git repository, so there is no earlier state to compare with. Name both outputs: --base FOLDER --head FOLDER.`,
  );
}

function shallowAdvice(folder: string): string {
  return ask(folder, ['rev-parse', '--is-shallow-repository']) === 'true'
    ? ' (this clone is shallow: in CI, check out with the whole history, fetch-depth: 0 or GIT_DEPTH: 0)'
    : '';
}

/** What git says, without its last line end; undefined where it refuses. */
function ask(folder: string, args: readonly string[]): string | undefined {
  try {
    return git(folder, args).trimEnd();
  } catch (error) {
    if (error instanceof InputError) throw error;
    return undefined;
  }
}

/** Hooks of the repository are not ours to run, and a git that called us must not say where the repository is. */
function git(folder: string, args: readonly string[]): string {
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR)$/.test(name),
    ),
  );
  try {
    return execFileSync('git', ['-c', 'core.hooksPath=/dev/null', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new InputError('git is not installed. Name both outputs: --base FOLDER --head FOLDER.', {
        cause: error,
      });
    }
    throw error;
  }
}
