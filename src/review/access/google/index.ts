import { canonical } from '../../equal';
import type { AccessChange } from '../../types';
import { compareFirewalls } from './firewall';
import { compareIam, isOfIam } from './iam';
import { isGranting } from './grants';
import { compareSettings, hasSettings, type ThingPair } from './settings';
import type { Things } from './thing';
import { isUnread } from './unread';

/** Whether a type of Terraform has a say in who may do what. */
export function isAboutAccess(type: string): boolean {
  return (
    isOfIam(type) ||
    hasSettings(type) ||
    type === 'google_compute_firewall' ||
    isUnread(type) ||
    type.startsWith('data.')
  );
}

/**
 * Who may do more or less at Google.
 * @param pairs resources that are not the same on both sides
 */
export function compareGoogle(
  pairs: readonly ThingPair[],
  before: Things,
  after: Things,
): readonly AccessChange[] {
  const changed = pairs.filter((pair) => canonical(pair.before?.values) !== canonical(pair.after?.values));
  const types = new Set(changed.flatMap(({ before: one, after: other }) => (one ?? other)?.type ?? []));
  const data = changed.flatMap(({ before: one, after: other }) => {
    const { type = '', address = '' } = other ?? one ?? {};
    return type.startsWith('data.') ? [address] : [];
  });
  return [
    ...([...types].some((type) => isOfIam(type) || type === 'data.google_iam_policy')
      ? compareIam(before, after)
      : []),
    ...(types.has('google_compute_firewall') ? compareFirewalls(before, after) : []),
    ...changed.flatMap((pair) => compareSettings(pair, before, after)),
    ...changed.flatMap(unread),
    ...(data.length === 0 ? [] : readersOf(data, after)),
  ];
}

function unread({ before, after }: ThingPair): AccessChange[] {
  const thing = after ?? before;
  if (thing === undefined || !isUnread(thing.type)) return [];
  return [
    {
      principal: 'whoever it is about',
      resource: thing.address,
      verdict: 'unknown',
      before: before === undefined ? [] : ['as it was'],
      after: after === undefined ? [] : ['as it is written now'],
    },
  ];
}

/** What a data source finds is nowhere in the output: who is named by it may be somebody else now. */
function readersOf(data: readonly string[], after: Things): AccessChange[] {
  const sources = data.filter((address) => !address.startsWith('data.google_iam_policy.'));
  return after.all.flatMap((thing): AccessChange[] => {
    if (!isGranting(thing.type)) return [];
    const text = JSON.stringify(thing.values);
    const read = sources.filter((address) => text.includes(`\${${address}.`));
    return read.length === 0
      ? []
      : [
          {
            principal: `whoever ${read.join(', ')} finds`,
            resource: thing.address,
            verdict: 'unknown',
            before: ['what it found'],
            after: ['what it finds now'],
          },
        ];
  });
}
