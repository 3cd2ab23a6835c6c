import type { AccessChange } from '../../types';
import { actingAsOthers } from './acting-as-others';
import { anyAccount } from './any-account';
import { anybody } from './anybody';
import { basicRole } from './basic-role';
import { clusterAdmin } from './cluster-admin';
import { grant } from './grant';
import { lowerIsolation } from './lower-isolation';
import { network } from './network';
import { readsSecrets } from './reads-secrets';
import type { AccessRule } from './rule';
import { wholeDomain } from './whole-domain';
import { wholeInternet } from './whole-internet';
import { wildcard } from './wildcard';

/** The first that applies is the most serious one. */
const rules: readonly AccessRule[] = [
  anybody,
  anyAccount,
  wholeInternet,
  clusterAdmin,
  basicRole,
  actingAsOthers,
  readsSecrets,
  wildcard,
  lowerIsolation,
  wholeDomain,
  network,
  grant,
];

/** What a person needs to know of a change of access. */
export function explainAccess(change: AccessChange): string {
  const { verdict, principal, resource, before, after } = change;
  if (verdict === 'narrowed')
    return 'It may do less than before; look whether anything still needs what goes.';
  const gained = `${principal} ${resource} ${JSON.stringify(gainedOf(before, after) ?? null)}`;
  const rule = rules.find(({ applies }) => applies(change, gained)) ?? grant;
  switch (verdict) {
    case 'broadened':
      return rule.sentence;
    case 'mixed':
      return rule === grant
        ? 'Some of it is taken and some is given: look whether what is new is needed.'
        : `Some of it is taken and some is given. ${rule.sentence}`;
    case 'unknown':
      return rule === grant
        ? 'What it may do afterwards cannot be told from the files: read it as if it were more.'
        : `What it may do afterwards cannot be told from the files: read it as if it were more. ${rule.sentence}`;
  }
}

/** What is new, where both are lists; else everything that there is afterwards. */
function gainedOf(before: unknown, after: unknown): unknown {
  if (!Array.isArray(before) || !Array.isArray(after)) return after;
  const come = (after as unknown[]).filter((item) => !(before as unknown[]).includes(item));
  return come.length === 0 ? after : come;
}
