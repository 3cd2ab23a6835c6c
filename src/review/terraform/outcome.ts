import { canonical } from '../equal';
import type { Action, Confidence, Tree } from '../types';
import { aligned } from './aligned';
import { compareArguments, type Difference } from './compare';
import { decisionsFor } from './decided';
import { type Reference, referenceFrom, referencesIn } from './references';
import type { Pair } from './pairs';
import { factsOf } from './provider-facts';
import { hidesUnknown } from './suppress';

/** What becomes of a pair; filled in as it becomes known what happens to the resources that it refers to. */
export interface Outcome {
  readonly stack: string | null;
  readonly pair: Pair;
  action: Action | 'none';
  confidence: Confidence;
  /** Dotted attributes. */
  readonly forcedBy: Set<string>;
  readonly differences: Difference[];
  /** Reasons for people, beside what the attributes say. */
  readonly reasons: string[];
  /** Whether only a plan knows of it: the real thing differs from what was applied. */
  readonly drift?: boolean;
}

/** Judges a pair by its own arguments alone. */
export function judgePair(pair: Pair, stack: string | null): Outcome {
  const outcome: Outcome = {
    stack,
    pair,
    action: 'none',
    confidence: 'certain',
    forcedBy: new Set(),
    differences: [],
    reasons: [],
  };
  const { before, after } = pair;
  if (before === undefined || after === undefined) {
    outcome.action = before === undefined ? 'create' : 'delete';
    return outcome;
  }
  if (canonical(before.values) === canonical(after.values)) return outcome;
  const facts = factsOf(after.type);
  const [old, now] = aligned(before, after);
  outcome.differences.push(...withoutIgnored(compareArguments(old, now, facts), after.lifecycle));
  const forced = outcome.differences.filter(({ forces }) => forces);
  const sure = new Set(forced.filter(({ unsure }) => !unsure).map(({ attribute }) => attribute));
  forced.forEach(({ attribute }) => outcome.forcedBy.add(attribute));
  for (const { decide } of decisionsFor(after.type)) {
    const decision = decide(old, now, outcome.differences);
    decision?.spares?.forEach((attribute) => outcome.forcedBy.delete(attribute));
    for (const hidden of decision?.hides ?? []) hide(outcome.differences, hidden);
    for (const attribute of decision?.forces ?? []) {
      if (isIgnored(attribute, after.lifecycle)) continue;
      outcome.forcedBy.add(attribute);
      if (decision?.unsure !== true) sure.add(attribute);
    }
    if (decision?.because !== undefined) outcome.reasons.push(decision.because);
    if (decision?.unsure === true) outcome.confidence = 'possible';
  }
  settle(outcome, sure);
  return outcome;
}

function hide(differences: Difference[], attribute: string): void {
  for (let at = differences.length - 1; at >= 0; at--) {
    const found = differences[at]?.attribute ?? '';
    if (found === attribute || found.startsWith(`${attribute}.`)) differences.splice(at, 1);
  }
}

function settle(outcome: Outcome, sure: ReadonlySet<string>): void {
  if (outcome.forcedBy.size > 0) {
    outcome.action = 'replace';
    outcome.confidence = [...outcome.forcedBy].some((attribute) => sure.has(attribute))
      ? 'certain'
      : 'possible';
  } else if (outcome.differences.length > 0) {
    outcome.action = 'update';
    if (outcome.differences.every(({ unsure }) => unsure)) outcome.confidence = 'possible';
  }
}

/** Everything that follows from a replacement elsewhere: what refers to what is made anew is made anew, or updated. */
export function cascade(outcomes: readonly Outcome[]): void {
  const byAddress = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const address = outcome.pair.after?.address;
    if (address === undefined) continue;
    // A reference may name one instance, or all of them.
    for (const name of new Set([address, bare(address)])) {
      const key = `${String(outcome.stack)} ${name}`;
      byAddress.set(key, [...(byAddress.get(key) ?? []), outcome]);
    }
  }
  // Each round follows one step further; a resource is only ever raised, so this ends.
  for (let changed = true; changed;) {
    changed = false;
    for (const outcome of outcomes) {
      if (outcome.pair.before === undefined || outcome.pair.after === undefined) continue;
      if (follow(outcome, byAddress)) changed = true;
    }
  }
}

function follow(outcome: Outcome, byAddress: ReadonlyMap<string, readonly Outcome[]>): boolean {
  const { before, after } = outcome.pair;
  if (before === undefined || after === undefined) return false;
  const targets = (reference: Reference) =>
    (byAddress.get(`${String(outcome.stack)} ${reference.address}`) ?? []).filter((one) => one !== outcome);
  let changed = false;
  for (const { path, attribute, value, reference } of referencesOf(after.values, '', '')) {
    const to = targets(reference).find(isMadeAnew);
    if (to === undefined) continue;
    if (isIgnored(attribute, after.lifecycle)) continue;
    const facts = factsOf(after.type)?.get(attribute);
    if (hidesUnknown(facts?.suppress)) continue;
    const forces =
      facts?.forcesReplacement === true ||
      forcedWithin(after.type, attribute) ||
      decisionsFor(after.type).some(({ forcedByUnknown = [] }) => forcedByUnknown.includes(attribute));
    changed = raise(outcome, forces, to.confidence, { path, attribute, value }, reference) || changed;
  }
  for (const trigger of triggersOf(after.lifecycle)) {
    const to = targets(trigger).find((one) => touches(one, trigger));
    if (to === undefined) continue;
    const value = `\${${trigger.address}}`;
    const at = { path: 'lifecycle.replace_triggered_by', attribute: 'lifecycle.replace_triggered_by', value };
    changed = raise(outcome, true, to.confidence, at, trigger) || changed;
  }
  return changed;
}

/** Without a `moved` block, a rename is made anew as well: whatever refers to it follows. */
function isMadeAnew({ action, pair }: Outcome): boolean {
  return action === 'replace' || pair.by === 'likeness';
}

/** Whether what happens to a resource is what `replace_triggered_by` waits for. */
function touches({ action, differences }: Outcome, { attribute: wanted }: Reference): boolean {
  if (action === 'replace' || action === 'create') return true;
  if (action !== 'update') return false;
  return (
    wanted === '' ||
    differences.some(({ attribute }) => attribute === wanted || attribute.startsWith(`${wanted}.`))
  );
}

/** A block that forces as a whole forces through each of its arguments. */
function forcedWithin(type: string, attribute: string): boolean {
  const facts = factsOf(type);
  const parts = attribute.split('.');
  return parts.some(
    (_, index) =>
      facts?.get(parts.slice(0, index).join('.'))?.type === 'set' &&
      facts.get(parts.slice(0, index).join('.'))?.forcesReplacement === true,
  );
}

function raise(
  outcome: Outcome,
  forces: boolean,
  confidence: Confidence,
  at: { readonly path: string; readonly attribute: string; readonly value: unknown },
  reference: Reference,
): boolean {
  const same = outcome.differences.find(({ path }) => path === at.path);
  const known = forces ? outcome.forcedBy.has(at.attribute) : same !== undefined;
  const stronger = outcome.confidence === 'possible' && confidence === 'certain' && forces;
  if (known && !stronger) return false;
  if (same === undefined) {
    const difference = { ...at, before: at.value, after: at.value, forces, sensitive: false, unsure: false };
    outcome.differences.push(difference);
  }
  if (!forces) {
    if (outcome.action !== 'none') return false;
    outcome.action = 'update';
    outcome.confidence = confidence;
  } else {
    outcome.forcedBy.add(at.attribute);
    const raised = outcome.action !== 'replace';
    outcome.action = 'replace';
    outcome.confidence = raised || stronger ? confidence : outcome.confidence;
  }
  const what = reference.attribute === '' ? reference.address : `${reference.address}.${reference.attribute}`;
  outcome.reasons.push(`${at.attribute} follows ${what}, which is made anew`);
  return true;
}

interface Referring {
  readonly path: string;
  readonly attribute: string;
  readonly value: string;
  readonly reference: Reference;
}

/** Every reference in the values of a resource, with the attribute that holds it. */
function referencesOf(value: unknown, path: string, attribute: string): Referring[] {
  if (typeof value === 'string') {
    return referencesIn(value).map((reference) => ({ path, attribute, value, reference }));
  }
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) =>
      referencesOf(item, value.length === 1 ? path : `${path}[${String(index)}]`, attribute),
    );
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Tree).flatMap(([key, item]) => {
    const join = (start: string) => (start === '' ? key : `${start}.${key}`);
    return referencesOf(item, join(path), join(attribute));
  });
}

function triggersOf(lifecycle: Tree): readonly Reference[] {
  const triggers = lifecycle.replace_triggered_by;
  if (!Array.isArray(triggers)) return [];
  return triggers.flatMap((text) => referenceFrom(String(text).replace(/^\$\{\s*(.*?)\s*\}$/, '$1')));
}

function withoutIgnored(differences: readonly Difference[], lifecycle: Tree): Difference[] {
  return differences.filter(
    ({ attribute, path }) => !isIgnored(attribute, lifecycle) && !isIgnored(path, lifecycle),
  );
}

/** Whether `ignore_changes` names an attribute, or a block that it is in. */
function isIgnored(attribute: string, lifecycle: Tree): boolean {
  const ignored = lifecycle.ignore_changes;
  if (ignored === 'all') return true;
  if (!Array.isArray(ignored)) return false;
  return ignored.some((text) => {
    if (text === 'all') return true;
    const plain = String(text)
      .replace(/\["?([^"\]]*)"?\]/g, '.$1')
      .replace(/\.\d+(?=\.|$)/g, '');
    return attribute === plain || attribute.startsWith(`${plain}.`);
  });
}

function bare(address: string): string {
  return address.replace(/\[.*$/, '');
}
