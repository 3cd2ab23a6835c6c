import { type Stack } from '../terraform/stack';
import type { Outcome } from '../terraform/outcome';
import type { KubernetesObject } from '../kubernetes/object';
import { MASK } from '../mask';
import type { PathChange, Review } from '../types';
import { secretsOfObject, secretsOfResource, secretsOfSettings } from './collect';
import { secretsIn } from './find';
import { Scrubber } from './scrub';

/** Where secrets may stand: everything that was read of both sides. */
export interface Read {
  readonly outcomes: readonly Outcome[];
  readonly stacks: readonly Stack[];
  readonly objects: readonly KubernetesObject[];
}

/** What must not be shown, of everything that was read. */
export function scrubberOf({ outcomes, stacks, objects }: Read): Scrubber {
  const resources = outcomes.flatMap(({ pair: { before, after } }) => [before ?? [], after ?? []].flat());
  return new Scrubber([
    ...resources.flatMap(secretsOfResource),
    ...stacks.flatMap(({ variables, locals }) => secretsOfSettings(variables, locals)),
    ...objects.flatMap(secretsOfObject),
  ]);
}

/** The review without a trace of what was found to be secret: in values, names, keys, explanations and diagnostics. */
export function scrubbed(review: Review, scrubber: Scrubber): Review {
  const text = (value: string) => scrubber.text(value);
  // Keys of maps stand in paths, and keys of instances in addresses.
  const name = (value: string) => text(hidden(value));
  return {
    ...review,
    changes: review.changes.map((change) => ({
      ...change,
      address: name(change.address),
      previousAddress: change.previousAddress === null ? null : name(change.previousAddress),
      forcedBy: change.forcedBy.map(text),
      paths: change.paths.map((path) => scrubbedPath(path, scrubber)),
      explanation: change.explanation === null ? null : text(change.explanation),
    })),
    access: review.access.map((row) => everyText(row, text) as typeof row),
    cost: { ...review.cost, unpriced: review.cost.unpriced.map(text) },
    gates: review.gates.map((gate) => everyText(gate, text) as typeof gate),
    diagnostics: review.diagnostics.map((one) => ({ ...one, message: text(one.message) })),
  };
}

/** A name with what looks like a secret in it covered; only long ones can hold one. */
function hidden(name: string): string {
  if (!/[\w+/=%-]{16}|:\/\/|=|\s/.test(name)) return name;
  const quoted = [...name.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, key = '']) => key);
  const words = [...name.matchAll(/[\w+/=%-]{16,}/g)].map(([word]) => word);
  return [...quoted, ...words]
    .filter((key) => secretsIn(key.replace(/\\(.)/g, '$1')).length > 0)
    .reduce((text, key) => text.split(key).join(MASK), name);
}

function scrubbedPath({ path, before, after, masked }: PathChange, scrubber: Scrubber): PathChange {
  const shown = scrubber.text(hidden(path));
  if (masked) return { path: shown, before, after, masked };
  const isSecret = (value: unknown): boolean => {
    if (typeof value === 'string') return scrubber.text(value) !== value || isShort(value);
    if (typeof value === 'number') return isShort(String(value));
    return typeof value === 'object' && value !== null
      ? Object.entries(value).some(([key, item]) => scrubber.text(key) !== key || isSecret(item))
      : false;
  };
  // A short secret is one only where values of that kind stand.
  const isShort = (value: string) =>
    /(value|values|content|default|data|password|args\S*|command\S*)"?\]?$/i.test(path) &&
    scrubber.isShortSecret(value);
  if (!isSecret(before) && !isSecret(after)) return { path: shown, before, after, masked };
  const cover = (value: unknown) => (value === undefined ? undefined : MASK);
  return { path: shown, before: cover(before), after: cover(after), masked: true };
}

function everyText(value: unknown, text: (value: string) => string): unknown {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((item) => everyText(item, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, everyText(item, text)]));
}
