/** An address that changed with a version of tapline, and what leads a state to the new one. */
export interface KnownMove {
  readonly from: string;
  readonly to: string;
}

/** What a change does to recorded addresses. */
export interface Difference {
  /** Recorded ones that are not there any more, and of which no move is known. */
  readonly lost: readonly string[];
  /** Ones that are not recorded yet. */
  readonly added: readonly string[];
}

/** Compares what was recorded with what is there; a known move counts as the same address. */
export function compareAddresses(
  recorded: readonly string[],
  present: readonly string[],
  moves: readonly KnownMove[],
): Difference {
  const there = new Set(present);
  const target = new Map(moves.map(({ from, to }) => [from, to]));
  const kept = new Set(recorded.map((address) => target.get(address) ?? address));
  return {
    lost: recorded.filter((address) => !there.has(target.get(address) ?? address)),
    added: present.filter((address) => !kept.has(address)),
  };
}

/** What to do about it, in words; nothing where there is nothing to do. */
export function explainDifference(example: string, { lost, added }: Difference): string {
  const list = (addresses: readonly string[]) => addresses.map((address) => `  ${address}`);
  return [
    ...(lost.length === 0
      ? []
      : [
          `${example}: these addresses are gone, so an update of tapline would destroy what people have there:`,
          ...list(lost),
          'Give them back. If that cannot be: make the stacks write `moved` blocks, add the move to',
          'test/addresses/moved.json and a note with both addresses to docs/upgrading.md. If only the example asks for',
          `less now, delete the lines from test/addresses/${example}.txt.`,
        ]),
    ...(added.length === 0
      ? []
      : [
          `${example}: these addresses are not recorded, so nothing would tell that they change one day:`,
          ...list(added),
          'Record them by `npm run test:update`.',
        ]),
  ].join('\n');
}
