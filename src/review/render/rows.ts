import type { Change, Cost, PathChange, Review } from '../types';
import type { Group } from './groups';
import { counted, withCommas } from './plain';

/** What happens, as people say it; `may` where only the apply knows. */
export function verbOf({ action, confidence, drift }: Change): string {
  return `${confidence === 'possible' ? 'may ' : ''}${action}${drift ? ' (drift)' : ''}`;
}

/** `60 of 3 kinds`, `100 Deployment`; empty for a group of one, whose address says it. */
export function sizeOf({ members, kinds }: Group): string {
  if (members.length === 1) return '';
  return kinds.length === 1
    ? `${withCommas(members.length)} ${kinds[0] ?? ''}`
    : `${withCommas(members.length)} of ${String(kinds.length)} kinds`;
}

/** Whether what differs at a path is what forces the replacement. */
export function isForced(
  { forcedBy }: Pick<Change, 'forcedBy'>,
  { path }: Pick<PathChange, 'path'>,
): boolean {
  const attribute = path.replace(/\[[^\]]*\]/g, '');
  return forcedBy.some((one) => attribute === one || attribute.startsWith(`${one}.`));
}

/** The sentences for a group; where they name one of its members, they say which. */
export function explanationOf({ lead, members }: Group): string | null {
  if (lead.explanation === null) return null;
  return members.every(({ explanation }) => explanation === lead.explanation)
    ? lead.explanation
    : `For \`${lead.address.replaceAll('`', "'")}\`: ${lead.explanation}`;
}

/** What the change does in numbers, most serious first. */
export function headline({ summary, changes, access, diagnostics }: Review): string {
  const broader = access.filter(({ verdict }) => verdict !== 'narrowed').length;
  const drifted = changes.filter(({ drift }) => drift).length;
  const parts = [
    [summary.delete, 'to delete'],
    [summary.replace, 'to replace'],
    [summary.move, 'to move'],
    [summary.update, 'to update'],
    [summary.create, 'to create'],
    [drifted, 'drifted'],
  ] as const;
  const told = parts.filter(([n]) => n > 0).map(([n, what]) => `${withCommas(n)} ${what}`);
  if (broader > 0) told.push(`access broader or unclear in ${counted(broader, 'place')}`);
  if (told.length > 0) return told.join(', ');
  return diagnostics.some(({ level }) => level === 'error')
    ? 'Not everything could be reviewed; of the rest, nothing changes'
    : 'Nothing changes';
}

/** Whether there is nothing to tell at all. */
export function isSilent({ changes, access, gates, diagnostics }: Review): boolean {
  return (
    changes.length === 0 &&
    access.length === 0 &&
    diagnostics.length === 0 &&
    gates.every(({ result }) => result === 'pass')
  );
}

/** `12.50`, `1,204`; `12.50 to 40` for a range. */
export function moneyOf([low, high]: readonly [number, number]): string {
  const amount = (value: number) =>
    value < 100 ? value.toFixed(2).replace(/\.00$/, '') : withCommas(Math.round(value));
  return amount(low) === amount(high) ? amount(low) : `${amount(low)} to ${amount(high)}`;
}

/** What a month costs, before and after; null where nothing of it is known to cost anything. */
export function costLine({ monthly: { before, after }, currency, unpriced }: Cost): string | null {
  const known = [...before, ...after].some((value) => value !== 0);
  if (!known && unpriced.length === 0) return null;
  const open = unpriced.length === 0 ? '' : `; ${counted(unpriced.length, 'resource')} without a price`;
  if (!known) return `unknown${open}`;
  const same = before[0] === after[0] && before[1] === after[1];
  return same
    ? `${currency} ${moneyOf(after)} a month, as before${open}`
    : `${currency} ${moneyOf(before)} → ${moneyOf(after)} a month${open}`;
}

/** What has no price among that which changes; the rest is counted only, since it costs what it did. */
export function unpricedChanges({ cost, changes }: Review): readonly string[] {
  const changed = new Set(changes.flatMap(({ address, previousAddress }) => [address, previousAddress]));
  return cost.unpriced.filter((address) => changed.has(address));
}
