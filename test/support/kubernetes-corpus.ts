import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { review, type Change, type Side } from '../../src/review';
import { splitDocuments } from '../../src/review/input/texts';
import { Counts } from './counts';

/** Manifests as one text, or as several files. */
export type Manifests = string | Readonly<Record<string, string>>;

/** What a real API server made of one object, when `head` was applied where `base` had been. */
export interface ObjectLabel {
  readonly address: string;
  /** `replace` where the server refused the change. */
  readonly action: 'create' | 'update' | 'replace' | 'delete';
  /** Fields that it refused, without indexes. */
  readonly fields?: readonly string[];
  /** Address under which the object was, where its name only ends in another hash of its contents. */
  readonly previous?: string;
}

/** Two states of manifests, and what a real API server makes of the difference. */
export interface LabelledManifests {
  readonly template: string;
  readonly name: string;
  readonly base: Manifests;
  readonly head: Manifests;
  readonly labels: readonly ObjectLabel[];
  /** Why a difference that the server stores means nothing: for all objects, or for those named. */
  readonly silent?: { readonly because: string; readonly at?: readonly string[] };
}

const folder = join(__dirname, '../review/corpus/kubernetes');

export function kubernetesCorpus(): readonly LabelledManifests[] {
  return readdirSync(folder)
    .sort()
    .flatMap(
      (file) =>
        (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { pairs: LabelledManifests[] }).pairs,
    );
}

export function manifestSide(manifests: Manifests): Side {
  const files = typeof manifests === 'string' ? { 'all.yaml': manifests } : manifests;
  return {
    stacks: new Map(),
    clusters: new Map([
      [
        '',
        Object.entries(files).flatMap(([file, text]) =>
          file.endsWith('.json') ? [{ file, line: 1, text }] : splitDocuments(file, text),
        ),
      ],
    ]),
    sources: new Map(),
    diagnostics: [],
    empty: false,
  };
}

export interface ManifestScore {
  readonly replace: Counts;
  /** A replacement counts only with the fields that force it. */
  readonly forced: Counts;
  readonly update: Counts;
  readonly others: Counts;
  /** Changes told where there is none, in pairs without any. */
  noise: number;
  quiet: number;
  readonly mistakes: string[];
}

export function scoreOf(pairs: readonly LabelledManifests[]): ManifestScore {
  const score: ManifestScore = {
    replace: new Counts(),
    forced: new Counts(),
    update: new Counts(),
    others: new Counts(),
    noise: 0,
    quiet: 0,
    mistakes: [],
  };
  for (const pair of pairs) judge(pair, score);
  return score;
}

function judge(pair: LabelledManifests, score: ManifestScore): void {
  const isSilent = ({ address }: ObjectLabel) =>
    pair.silent !== undefined && (pair.silent.at?.includes(address) ?? true);
  const expected = new Map(
    pair.labels.filter((label) => !isSilent(label)).map((label) => [label.address, label]),
  );
  const { changes } = review(manifestSide(pair.base), manifestSide(pair.head));
  const told = new Map(changes.map((change) => [change.address, change]));
  if (expected.size === 0) {
    score.quiet += 1;
    score.noise += told.size;
  }
  for (const address of new Set([...expected.keys(), ...told.keys()])) {
    const [want, got] = [expected.get(address), told.get(address)];
    const [wanted, given] = [want?.action === 'replace', got?.action === 'replace'];
    score.replace.add(given, wanted);
    const fields = wanted && given && sameFields(want?.fields ?? [], got?.forcedBy ?? []);
    score.forced.add(given, wanted, fields);
    score.update.add(got?.action === 'update', want?.action === 'update');
    const isOther = (action?: string) => action === 'create' || action === 'delete';
    score.others.add(
      isOther(got?.action),
      isOther(want?.action),
      got?.action === want?.action && isOther(got?.action),
    );
    if (want?.action !== got?.action || (wanted && !fields)) {
      score.mistakes.push(`${pair.name}: ${address} is ${tellLabel(want)}, told ${tellChange(got)}`);
    }
  }
}

/** What the server calls `data` stands in a manifest as one of its keys: a field and what is below it are one. */
function sameFields(wanted: readonly string[], told: readonly string[]): boolean {
  const within = (all: readonly string[]) => (one: string) =>
    all.some((other) => one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`));
  return wanted.every(within(told)) && told.every(within(wanted));
}

function tellLabel(label: ObjectLabel | undefined): string {
  return label === undefined ? 'nothing' : `${label.action} ${label.fields?.join() ?? ''}`;
}

function tellChange(change: Change | undefined): string {
  return change === undefined
    ? 'nothing'
    : `${change.action} ${change.forcedBy.join()} ${change.paths.map(({ path }) => path).join()}`;
}
