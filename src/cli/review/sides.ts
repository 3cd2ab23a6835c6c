import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { ConfigError } from '../../config';
import {
  colors,
  type Input,
  InputError,
  readInput,
  say,
  selectPlatforms,
  useColor,
  writeOutputs,
} from '../../output';
import { readSide, type Side } from '../../review';
import { existingFolder, findMergeBase, findRevision, type Revision, withWorktree } from '../git';

export interface SidesOptions {
  /** The configuration. @default platform.yaml, in the folder of the head where that is named */
  readonly file?: string;
  readonly environment?: string;
  /** The output before the change. @default - that of a revision */
  readonly base?: string;
  /** The output after it. @default - that of the working tree */
  readonly head?: string;
  /** @default - where the branch left the main branch */
  readonly baseRef?: string;
  readonly headRef?: string;
}

/** Both sides of a review, and the configuration of the head where there is one to draw. */
export interface Sides {
  readonly base: Side;
  readonly head: Side;
  readonly input: Input | undefined;
}

/** Makes the output of a configuration. */
type Synthesize = (input: Input, environment: string | undefined) => Side;

/** Reads both sides; what is no folder of output is synthesized from the configuration of its revision. */
export async function readSides(options: SidesOptions): Promise<Sides> {
  const { base, head, baseRef, headRef } = options;
  for (const [folder, ref, name] of [
    [base, baseRef, 'base'],
    [head, headRef, 'head'],
  ] as const) {
    if (folder !== undefined && ref !== undefined) {
      throw new InputError(`--${name} and --${name}-ref both say what the ${name} is. Name one of them.`);
    }
    if (folder !== undefined && !existsSync(folder)) throw new InputError(`There is no folder ${folder}.`);
  }
  if (base !== undefined && head !== undefined) {
    return { base: readSide(base), head: readSide(head), input: drawn(options, head) };
  }
  const file = options.file ?? 'platform.yaml';
  const folder = existingFolder(dirname(resolve(file)));
  const synthesize = await loadSynthesis();
  const of = (revision: Revision) => ofRevision(file, folder, options.environment, revision, synthesize);
  const input =
    head === undefined && headRef === undefined ? readInput(file, { color: useColor }) : undefined;
  if (input !== undefined) selectPlatforms(input, options.environment);
  const before = base === undefined ? undefined : readSide(base);
  const after = head === undefined ? undefined : readSide(head);
  return {
    base: before ?? of(baseRef === undefined ? findMergeBase(folder) : findRevision(folder, baseRef)),
    head:
      after ??
      (input === undefined
        ? of(findRevision(folder, headRef ?? 'HEAD'))
        : synthesize(input, options.environment)),
    input: head === undefined ? input : drawn(options, head),
  };
}

/** Loads cdktf and cdk8s, which two folders need neither of. */
async function loadSynthesis(): Promise<Synthesize> {
  const { renderStacks } = await import('../../../stacks/render.js');
  const { renderCharts } = await import('../../../charts/render.js');
  return (input, environment) => {
    // An environment that a revision does not have yet is a state without output.
    const known = environment === undefined || input.platforms.some((one) => one.environment === environment);
    const platforms = known ? selectPlatforms(input, environment) : [];
    return inFolder((out) => {
      writeOutputs(
        platforms.flatMap((platform) => {
          const folder = platform.environment === null ? out : join(out, platform.environment);
          return [
            { folder: join(folder, 'cdktf.out'), files: renderStacks(input, platform).files },
            { folder: join(folder, 'dist'), files: renderCharts(input, platform).files },
          ];
        }),
      );
    });
  };
}

/** A file that is not there yet, or any more, is a state without output. */
function ofRevision(
  name: string,
  folder: string,
  environment: string | undefined,
  revision: Revision,
  synthesize: Synthesize,
): Side {
  say(colors.dim(`${revision.name} is ${revision.commit.slice(0, 12)}`));
  return withWorktree(folder, revision, (tree) => {
    const file = join(tree, basename(name));
    if (!existsSync(file)) return inFolder(() => undefined);
    try {
      return synthesize(readInput(file, { color: useColor }), environment);
    } catch (error) {
      if (error instanceof ConfigError || error instanceof InputError) {
        say(`${colors.red('error')} ${name} cannot be synthesized as it is in ${revision.name}:`);
      }
      throw error;
    }
  });
}

function inFolder(fill: (folder: string) => void): Side {
  const folder = mkdtempSync(join(tmpdir(), 'tapline-review-'));
  try {
    fill(folder);
    return readSide(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Output lies beside its configuration by default; then the platform can be drawn. */
function drawn({ file }: SidesOptions, head: string): Input | undefined {
  const beside = file ?? join(head, 'platform.yaml');
  if (!existsSync(beside)) {
    if (file !== undefined) throw new InputError(`There is no ${file}.`);
    return undefined;
  }
  try {
    return readInput(beside, { color: useColor });
  } catch (error) {
    if (!(error instanceof ConfigError) && !(error instanceof InputError)) throw error;
    say(`${colors.yellow('!')} ${beside} is not valid as it is: the page has no picture of the platform.`);
    return undefined;
  }
}
