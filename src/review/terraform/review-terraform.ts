import { evaluate, type Resource } from './evaluate';
import { cascade, judgePair, type Outcome } from './outcome';
import { type Loose, type Pair, pairByAddress, pairByLikeness } from './pairs';
import { followDefaultLabels } from './provider-block';
import { type Stack, stackFrom } from './stack';

/** What becomes of everything that stands in Terraform, stack by stack. */
export function reviewTerraform(before: readonly Stack[], after: readonly Stack[]): readonly Outcome[] {
  const names = [...new Set([...before, ...after].map(({ name }) => name))];
  const stacks = names.map((name) => {
    const old = before.find((stack) => stack.name === name) ?? stackFrom(name, []);
    const now = after.find((stack) => stack.name === name) ?? stackFrom(name, []);
    return { name, old, now, pairs: pairByAddress(evaluate(old), evaluate(now), now.moved) };
  });
  const moves = pairByLikeness(
    stacks.flatMap(({ name, now, pairs }) =>
      pairs.flatMap(({ before: one, after: other }): Loose[] =>
        one !== undefined && other === undefined && !now.removed.has(one.address)
          ? [{ stack: name, resource: one }]
          : [],
      ),
    ),
    stacks.flatMap(({ name, now, pairs }) =>
      pairs.flatMap(({ before: one, after: other }): Loose[] =>
        one === undefined && other !== undefined && !now.imports.has(other.address)
          ? [{ stack: name, resource: other }]
          : [],
      ),
    ),
  );
  const from = new Map(moves.map((move) => [move.to.resource, move.from]));
  const taken = new Set(moves.map((move) => move.from.resource));
  const addresses = new Map(moves.map((move) => [bare(move.from.resource), bare(move.to.resource)]));
  const outcomes = stacks.flatMap(({ name, old, now, pairs }) => {
    for (const { from: one, to } of now.moved) addresses.set(one, to);
    const judged = pairs.flatMap((pair): Outcome[] => {
      if (pair.before !== undefined && taken.has(pair.before)) return [];
      const origin = pair.after === undefined ? undefined : from.get(pair.after);
      const joined: Pair =
        origin === undefined
          ? pair
          : { before: origin.resource, after: pair.after, by: 'likeness', fromStack: origin.stack };
      const outcome = judgePair(readdressed(joined, addresses), name);
      if (outcome.action === 'create' && now.imports.has(bareAddress(pair))) takeOver(outcome);
      return [outcome];
    });
    followDefaultLabels(judged, old, now);
    return judged;
  });
  cascade(outcomes);
  return outcomes;
}

/** What is imported exists: Terraform brings it to what is written, and only a plan knows how far that is. */
function takeOver(outcome: Outcome): void {
  outcome.action = 'update';
  outcome.confidence = 'possible';
  outcome.reasons.push(
    'it exists already and is imported; the plan says what is brought to what is written here',
  );
}

function bareAddress({ after }: Pair): string {
  return after?.address ?? '';
}

/** References of the old resource by the new addresses: what only followed a rename has not changed. */
function readdressed(pair: Pair, addresses: ReadonlyMap<string, string>): Pair {
  const { before } = pair;
  if (before === undefined || addresses.size === 0) return pair;
  const renamed = (values: Resource['values']): Resource['values'] => {
    const text = JSON.stringify(values);
    if (!text.includes('${')) return values;
    return JSON.parse(
      text.replace(
        /\b([a-z][a-z0-9]*_\w+\.[\w-]+)((?:\[(?:\d+|\\"[^"\\]*\\")\])?)(?=[.[}])/g,
        (whole, address: string, index: string) => {
          const to = addresses.get(address + index.replaceAll('\\"', '"'));
          if (to !== undefined) return JSON.stringify(to).slice(1, -1);
          const all = addresses.get(address);
          return all === undefined ? whole : JSON.stringify(all).slice(1, -1) + index;
        },
      ),
    ) as Resource['values'];
  };
  return {
    ...pair,
    before: { ...before, values: renamed(before.values), known: () => renamed(before.known()) },
  };
}

function bare({ address }: Resource): string {
  return address.replace(/\[.*$/, '');
}
