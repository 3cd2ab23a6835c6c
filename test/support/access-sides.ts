import { review, type AccessChange, type Side } from '../../src/review';

type Document = Readonly<Record<string, unknown>>;

/** One state: Terraform JSON of one stack, and objects of one cluster. */
export interface State {
  readonly terraform?: Document;
  readonly objects?: readonly Document[];
}

export function sideOf({ terraform, objects = [] }: State): Side {
  return {
    stacks: new Map(
      terraform === undefined ? [] : [[null, [{ file: 'cdk.tf.json', text: JSON.stringify(terraform) }]]],
    ),
    clusters: new Map([
      [
        '',
        objects.map((object, i) => ({ file: `${String(i)}.json`, line: 1, text: JSON.stringify(object) })),
      ],
    ]),
    sources: new Map(),
    diagnostics: [],
    empty: false,
  };
}

export function accessBetween(base: State, head: State): readonly AccessChange[] {
  return review(sideOf(base), sideOf(head)).access;
}

/** Whether any row says that somebody may do more, or less; rows that say they do not know say both. */
export function gist(rows: readonly AccessChange[]): { gains: boolean; loses: boolean } {
  const has = (...verdicts: readonly string[]) => rows.some(({ verdict }) => verdicts.includes(verdict));
  return { gains: has('broadened', 'mixed'), loses: has('narrowed', 'mixed') };
}
