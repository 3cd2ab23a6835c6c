import { Addresses } from '../../../sets/addresses';
import { textOf } from '../../equal';
import { factsOf } from '../../terraform/provider-facts';
import type { AccessChange, Tree } from '../../types';
import { comparePermits, type Permit, type Target } from '../permits';
import { clusterSettings } from './settings-cluster';
import { databaseSettings } from './settings-database';
import { identitySettings } from './settings-identity';
import { networkSettings } from './settings-network';
import { serviceSettings } from './settings-service';
import { storageSettings } from './settings-storage';
import { keyOf, type Thing, type Things, valueAt } from './thing';

/** One thing that the settings of a resource let somebody do. */
export interface Opening {
  readonly principal: string | Addresses;
  readonly what: string;
}

/** Arguments of a type of resource that decide who gets at it. */
export interface Setting {
  readonly types: readonly string[];
  /** Paths of the arguments, with dots. */
  readonly paths: readonly string[];
  /**
   * Whether it counts only for what stands on both sides: that a new machine has an account gives nobody more.
   * @default false
   */
  readonly onlyChanged?: boolean;
  /** What the arguments let whom do. */
  readonly opens: (values: Tree, things: Things) => readonly Opening[];
}

const settings: readonly Setting[] = [
  ...clusterSettings,
  ...databaseSettings,
  ...identitySettings,
  ...networkSettings,
  ...serviceSettings,
  ...storageSettings,
];

const byType = new Map<string, Setting[]>();
for (const setting of settings) {
  for (const type of setting.types) byType.set(type, [...(byType.get(type) ?? []), setting]);
}

/** Whether arguments of a type decide who gets at it. */
export function hasSettings(type: string): boolean {
  return byType.has(type);
}

export interface ThingPair {
  readonly before: Thing | undefined;
  readonly after: Thing | undefined;
}

/** Compares what the settings of one resource open. */
export function compareSettings({ before, after }: ThingPair, old: Things, now: Things): AccessChange[] {
  const thing = after ?? before;
  if (thing === undefined) return [];
  const name = textOf(thing.values.name) || textOf(thing.values.account_id);
  const target: Target = {
    key: thing.address,
    shown: name === '' || name.includes('${') ? thing.address : `${keyOf(name)} (${thing.address})`,
  };
  return (byType.get(thing.type) ?? []).flatMap(({ opens, paths, onlyChanged }) => {
    if (onlyChanged === true && (before === undefined || after === undefined)) return [];
    const permits = (values: Tree | undefined, things: Things): Permit[] =>
      values === undefined ? [] : opens(values, things).map((opening) => ({ ...opening, target }));
    const rows = comparePermits(permits(before?.values, old), permits(after?.values, now));
    const isLeft = paths.some((path) => staysAtGoogle(thing.type, path, before?.values, after?.values));
    // What is not written any more stays as Google has it: nothing is planned, and nothing is sure.
    return isLeft ? rows.map((row) => ({ ...row, verdict: 'unknown' as const })) : rows;
  });
}

function staysAtGoogle(type: string, path: string, before?: Tree, after?: Tree): boolean {
  if (before === undefined || after === undefined) return false;
  const facts = factsOf(type);
  const parts = path.split('.');
  return parts.some((_, index) => {
    const upTo = parts.slice(0, index + 1).join('.');
    return (
      facts?.get(upTo)?.computed === 'also' &&
      valueAt(before, upTo) !== undefined &&
      valueAt(after, upTo) === undefined
    );
  });
}
