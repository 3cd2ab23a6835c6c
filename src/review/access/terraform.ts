import { canonical } from '../equal';
import { evaluate, type Resource } from '../terraform/evaluate';
import type { Outcome } from '../terraform/outcome';
import type { Stack } from '../terraform/stack';
import type { AccessChange } from '../types';
import { compareGoogle, isAboutAccess } from './google';
import type { ThingPair } from './google/settings';
import { type Thing, thingOf, Things } from './google/thing';

/** The stacks of both sides, and what becomes of their resources. */
export interface TerraformSides {
  readonly outcomes: readonly Outcome[];
  readonly before: readonly Stack[];
  readonly after: readonly Stack[];
  /** Stacks that are the same on both sides; looked at only where access changed at all. */
  readonly unchanged: () => readonly Stack[];
}

/** Who may do more or less by what Terraform makes. */
export function terraformAccess(sides: TerraformSides): readonly AccessChange[] {
  const renames = renamesIn(sides.outcomes);
  const pairs = [
    ...sides.outcomes.flatMap(({ pair: { before, after }, stack }) =>
      isAboutAccess((after ?? before)?.type ?? '') ? [pairOf(before, after, stack, renames)] : [],
    ),
    ...dataPairs(sides, renames),
  ];
  const changed = pairs.filter(({ before, after }) => canonical(before?.values) !== canonical(after?.values));
  const modules = modulesOf(sides);
  if (changed.length === 0) return modules;
  const others = sides.unchanged().flatMap((stack) => thingsOf(stack, new Map()));
  const own = (side: 'before' | 'after') => pairs.flatMap((pair) => pair[side] ?? []);
  const rest = (side: 'before' | 'after') =>
    sides.outcomes.flatMap(({ pair, stack }) => {
      const resource = pair[side];
      return resource === undefined || isAboutAccess(resource.type)
        ? []
        : [thingOf(resource, stack, side === 'before' ? renames : new Map())];
    });
  const all = (side: 'before' | 'after') => new Things([...own(side), ...rest(side), ...others]);
  return [...compareGoogle(changed, all('before'), all('after')), ...modules];
}

/** Addresses before, by what they are called now. */
function renamesIn(outcomes: readonly Outcome[]): ReadonlyMap<string, string> {
  const renames = new Map<string, string>();
  for (const { pair } of outcomes) {
    if (pair.before === undefined || pair.after === undefined) continue;
    const [from, to] = [bare(pair.before.address), bare(pair.after.address)];
    if (from !== to) renames.set(from, to);
  }
  return renames;
}

function bare(address: string): string {
  return address.replace(/\[.*$/, '');
}

function pairOf(
  before: Resource | undefined,
  after: Resource | undefined,
  stack: string | null,
  renames: ReadonlyMap<string, string>,
): ThingPair {
  const old = before && thingOf(before, stack, renames);
  const now = after && thingOf(after, stack, new Map());
  return { before: old, after: old && now ? withoutIgnored(old, now, after) : now };
}

/** What Terraform is told to leave alone stays as it was. */
function withoutIgnored(old: Thing, now: Thing, { lifecycle }: Resource): Thing {
  const ignored = lifecycle.ignore_changes;
  if (ignored === 'all') return { ...now, values: old.values };
  if (!Array.isArray(ignored)) return now;
  const kept = ignored.flatMap((name) =>
    typeof name === 'string' ? [[name, old.values[name]] as const] : [],
  );
  return { ...now, values: { ...now.values, ...Object.fromEntries(kept) } };
}

function dataPairs({ before, after }: TerraformSides, renames: ReadonlyMap<string, string>): ThingPair[] {
  const read = (stacks: readonly Stack[], names: ReadonlyMap<string, string>) =>
    new Map(
      stacks.flatMap((stack) =>
        dataOf(stack, names).map((thing) => [`${String(stack.name)} ${thing.address}`, thing] as const),
      ),
    );
  const [old, now] = [read(before, renames), read(after, new Map())];
  return [...new Set([...old.keys(), ...now.keys()])].map((key) => ({
    before: old.get(key),
    after: now.get(key),
  }));
}

function dataOf(stack: Stack, renames: ReadonlyMap<string, string>): Thing[] {
  if (stack.data.length === 0) return [];
  const evaluated = evaluate({ ...stack, resources: [...stack.resources, ...stack.data] });
  return evaluated.flatMap((resource) =>
    resource.type.startsWith('data.') ? [thingOf(resource, stack.name, renames)] : [],
  );
}

function thingsOf(stack: Stack, renames: ReadonlyMap<string, string>): Thing[] {
  return evaluate({ ...stack, resources: [...stack.resources, ...stack.data] }).map((resource) =>
    thingOf(resource, stack.name, renames),
  );
}

/** What a module does inside is in neither output. */
function modulesOf({ before, after }: TerraformSides): AccessChange[] {
  const calls = (stacks: readonly Stack[]) =>
    new Map(
      stacks.flatMap(({ name, modules }) =>
        [...modules].map(([call, { body }]) => [`${String(name)} ${call}`, { call, body }] as const),
      ),
    );
  const [old, now] = [calls(before), calls(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key): AccessChange[] => {
    const [one, other] = [old.get(key), now.get(key)];
    if (canonical(one?.body) === canonical(other?.body)) return [];
    return [
      {
        principal: 'whoever the module gives access to',
        resource: `module.${(other ?? one)?.call ?? ''}`,
        verdict: 'unknown',
        before: one === undefined ? [] : ['as it was'],
        after: other === undefined ? [] : ['as it is written now'],
      },
    ];
  });
}
