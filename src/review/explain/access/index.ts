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
  const { verdict, principal, resource, after } = change;
  if (verdict === 'narrowed')
    return 'It may do less than before; look whether anything still needs what goes.';
  const gained = `${principal} ${resource} ${JSON.stringify(after ?? null)}`;
  const sentence = rules.find(({ applies }) => applies(change, gained))?.sentence ?? grant.sentence;
  switch (verdict) {
    case 'broadened':
      return sentence;
    case 'mixed':
      return `Some of it is taken and some is given. ${sentence}`;
    case 'unknown':
      return `What it may do afterwards cannot be told from the files: read it as if it were more. ${sentence}`;
  }
}
