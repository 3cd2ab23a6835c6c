import type { Action, Change } from '../types';
import { kindOf } from './names';

/** Changes that a person reads as one: the same edit on many, or many of one kind made or deleted. */
export interface Group {
  /** The first of them, which stands for all in what they have in common. */
  readonly lead: Change;
  readonly members: readonly Change[];
  /** Kinds of the members, in the order in which they are met. */
  readonly kinds: readonly string[];
  /** Whether every member has the values of the first, and not only its fields. */
  readonly sameValues: boolean;
}

/** Groups as small as this are told one by one: their values say more than their number. */
const fewAlike = 6;

/** What destroys stands before what does not, and what is worse before what is not. */
const order: readonly Action[] = ['delete', 'replace', 'move', 'update', 'create'];
const severities = ['danger', 'warning', 'notice', 'info'] as const;

/** The changes in groups, worst first. */
export function groupsOf(changes: readonly Change[]): readonly Group[] {
  const same = grouped(changes, editOf).map((members) => groupOf(members, true));
  return [...foldAlike(same)].sort((one, other) => rank(one) - rank(other));
}

/** Whether a group destroys something, now or for good. */
export function isDestructive({ lead }: Group): boolean {
  if (lead.action === 'delete') return lead.severity !== 'notice';
  return lead.action === 'replace' || (lead.action === 'move' && lead.severity !== 'info');
}

function rank(group: Group): number {
  const { severity, action, drift } = group.lead;
  return (
    (isDestructive(group) ? 0 : 1000) +
    severities.indexOf(severity) * 100 +
    order.indexOf(action) * 10 +
    (drift ? 1 : 0)
  );
}

/** Equal for changes that do the same: of whatever kind where nothing is lost, else of one kind. */
function editOf(change: Change): string {
  const { system, action, severity, confidence, drift, forcedBy, paths } = change;
  const common = [action, severity, confidence, drift];
  switch (action) {
    case 'create':
    case 'delete':
      return JSON.stringify([...common, system, kindOf(change)]);
    case 'move':
    case 'replace':
      return JSON.stringify([...common, system, kindOf(change), forcedBy, paths]);
    case 'update':
      return JSON.stringify([...common, system, paths]);
  }
}

/** Many groups that differ in their values alone become one, where nothing is lost by it. */
function foldAlike(groups: readonly Group[]): readonly Group[] {
  const alike = grouped(groups, ({ lead }) =>
    lead.action === 'update'
      ? JSON.stringify([
          lead.system,
          kindOf(lead),
          lead.severity,
          lead.confidence,
          lead.drift,
          lead.paths.map(({ path }) => path),
        ])
      : JSON.stringify([lead.system, lead.stack, lead.address, lead.action]),
  );
  return alike.flatMap((some) =>
    some.length < fewAlike
      ? some
      : [
          groupOf(
            some.flatMap(({ members }) => members),
            false,
          ),
        ],
  );
}

function groupOf(members: readonly Change[], sameValues: boolean): Group {
  const [lead] = members;
  if (lead === undefined) throw new Error('a group has at least one member');
  return { lead, members, kinds: [...new Set(members.map(kindOf))], sameValues };
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [item]);
    else known.push(item);
  }
  return [...groups.values()];
}
