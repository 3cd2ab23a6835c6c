import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { review, type Change, type Side } from '../../src/review';
import { Counts } from './counts';

type Document = Readonly<Record<string, unknown>>;

/** What `terraform show -json` said of one address, of a plan of `head` on a state made from a plan of `base`. */
export interface Label {
  readonly stack?: string;
  readonly address: string;
  /** As Terraform lists them, joined: `update`, `delete+create`. */
  readonly action: string;
  /** Address before a `moved` block. */
  readonly previous?: string | undefined;
  /** `action_reason` of the plan. */
  readonly reason?: string;
  /** `replace_paths` without indexes. */
  readonly replacePaths?: readonly string[];
}

/** Two outputs and what the real tool makes of the difference. */
export interface LabelledPair {
  readonly template: string;
  readonly name: string;
  /** What a person meant as a rename without telling Terraform, which destroys and creates: `a/x.y` with stacks. */
  readonly renames?: Readonly<Record<string, string>>;
  readonly base: Document;
  readonly head: Document;
  readonly labels: readonly Label[];
}

export function terraformCorpus(): readonly LabelledPair[] {
  const folder = join(__dirname, '../review/corpus/terraform');
  return readdirSync(folder)
    .sort()
    .flatMap(
      (file) => (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { pairs: LabelledPair[] }).pairs,
    );
}

/** A third of the templates was not looked at while the rules were written. */
export function isHeldOut({ template }: LabelledPair): boolean {
  return createHash('sha256').update(template).digest().readUInt8(0) % 3 === 0;
}

export function sideOf(document: Document): Side {
  const stacks = (document.stacks ?? { '': document }) as Record<string, Document>;
  return {
    stacks: new Map(
      Object.entries(stacks).map(([name, value]) => [
        name === '' ? null : name,
        [{ file: 'cdk.tf.json', text: JSON.stringify(value) }],
      ]),
    ),
    clusters: new Map(),
    sources: new Map(),
    diagnostics: [],
    empty: false,
  };
}

export function changesOf({ base, head }: LabelledPair): readonly Change[] {
  return review(sideOf(base), sideOf(head)).changes;
}

/** What is expected of one address. */
interface Expected {
  readonly action: string;
  readonly previous?: string | undefined;
  readonly forcedBy: readonly string[];
}

export interface Score {
  readonly replace: Counts;
  /** A replacement counts only with the attributes that force it. */
  readonly forced: Counts;
  readonly move: Counts;
  readonly update: Counts;
  /** Changes told where there is none, in pairs without any. */
  noise: number;
  readonly quiet: { pairs: number };
  readonly mistakes: string[];
}

export function scoreOf(pairs: readonly LabelledPair[]): Score {
  const score: Score = {
    replace: new Counts(),
    forced: new Counts(),
    move: new Counts(),
    update: new Counts(),
    noise: 0,
    quiet: { pairs: 0 },
    mistakes: [],
  };
  for (const pair of pairs) judge(pair, score);
  return score;
}

function judge(pair: LabelledPair, score: Score): void {
  const expected = expectedOf(pair);
  const told = new Map(
    changesOf(pair).map((change) => [keyOf(change.stack ?? undefined, change.address), change] as const),
  );
  if (expected.size === 0) {
    score.quiet.pairs += 1;
    score.noise += told.size;
  }
  for (const key of new Set([...expected.keys(), ...told.keys()])) {
    const [want, got] = [expected.get(key), told.get(key)];
    const [wanted, given] = [want?.action === 'replace', got?.action === 'replace'];
    score.replace.add(given, wanted);
    const attributes = wanted && given && sameAttributes(want?.forcedBy ?? [], got?.forcedBy ?? []);
    score.forced.add(given, wanted, attributes);
    const [from, to] = [want?.previous, got?.previousAddress ?? undefined];
    score.move.add(to !== undefined, from !== undefined, to !== undefined && from === to);
    score.update.add(got?.action === 'update', want?.action === 'update');
    const right = want?.action === got?.action && from === to && (!wanted || attributes);
    if (!right) {
      score.mistakes.push(
        `${pair.name}: ${key} is ${want?.action ?? 'nothing'} ${from ?? ''} ${want?.forcedBy.join() ?? ''}` +
          `, told ${got?.action ?? 'nothing'} ${to ?? ''} ${got?.forcedBy.join() ?? ''} ${got?.paths.map(({ path }) => path).join() ?? ''}`,
      );
    }
  }
}

/** Forcing attributes by name; a set of blocks and what stands in it are one. */
function sameAttributes(wanted: readonly string[], told: readonly string[]): boolean {
  if (wanted.length === 0) return true;
  const within = (all: readonly string[]) => (one: string) =>
    all.some((other) => one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`));
  return wanted.every(within(told)) && told.every(within(wanted));
}

function expectedOf({ labels, renames = {} }: LabelledPair): ReadonlyMap<string, Expected> {
  const expected = new Map<string, Expected>();
  for (const { stack, address, action, previous, replacePaths = [] } of labels) {
    const simple =
      action === 'delete+create' || action === 'create+delete'
        ? 'replace'
        : action === 'no-op'
          ? 'move'
          : action === 'forget'
            ? 'delete'
            : action;
    expected.set(keyOf(stack, address), { action: simple, previous, forcedBy: replacePaths });
  }
  for (const [from, to] of Object.entries(renames)) {
    // The real tool has to say that it destroys and creates, or it is no rename.
    if (expected.get(from)?.action !== 'delete' || expected.get(to)?.action !== 'create') {
      throw new Error(`${from} and ${to} are labelled otherwise than as a rename`);
    }
    expected.delete(from);
    expected.set(to, { action: 'move', previous: from.replace(/^\w+\//, ''), forcedBy: [] });
  }
  return expected;
}

function keyOf(stack: string | undefined, address: string): string {
  return stack === undefined ? address : `${stack}/${address}`;
}
