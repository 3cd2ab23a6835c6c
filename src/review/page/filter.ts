import type { PageMember, PageRow } from './data';

/** What a reader asks for; an empty text asks for nothing. */
export interface Filter {
  /** Each must be found. */
  readonly words: readonly string[];
  readonly action: string;
  readonly severity: string;
  readonly kind: string;
  readonly unit: string;
  /** The changes of a part of the drawing; null where none is chosen. */
  readonly changes: ReadonlySet<number> | null;
  readonly textOf: (row: PageRow, member: PageMember) => string;
}

/** Whether one of the members of a row is asked for. Needs nothing around itself: the page takes its source. */
export function matches(row: PageRow, member: PageMember, filter: Filter): boolean {
  if (filter.action !== '' && row.action !== filter.action) return false;
  if (filter.severity !== '' && row.severity !== filter.severity) return false;
  if (filter.kind !== '' && member.kind !== filter.kind) return false;
  if (filter.unit !== '' && member.unit !== filter.unit) return false;
  if (filter.changes !== null && !filter.changes.has(member.index)) return false;
  if (filter.words.length === 0) return true;
  const text = filter.textOf(row, member);
  return filter.words.every((word) => text.includes(word));
}

/** Everything of a member that can be searched for, in small letters. */
export function searchText(row: PageRow, member: PageMember): string {
  const { address, previous, kind, unit, place, construct } = member;
  return JSON.stringify([
    row.verb,
    row.severity,
    address,
    previous,
    kind,
    unit,
    place,
    construct,
    row.paths,
  ]).toLowerCase();
}
