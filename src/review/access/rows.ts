import { shownText } from '../mask';
import type { AccessChange } from '../types';

/** The rows in the order in which a reader needs them, each once, with nothing in them that may be secret. */
export function maskedRows(rows: readonly AccessChange[]): readonly AccessChange[] {
  const order = ['broadened', 'mixed', 'unknown', 'narrowed'];
  const shown = rows.map(({ principal, resource, verdict, before, after }) => ({
    principal: shownText(principal),
    resource: shownText(resource),
    verdict,
    before: texts(before),
    after: texts(after),
  }));
  const unique = [...new Map(shown.map((row) => [JSON.stringify(row), row])).values()];
  const key = (row: AccessChange) => `${String(order.indexOf(row.verdict))} ${row.resource} ${row.principal}`;
  return unique.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** More than these say less than their number. */
const manyTexts = 50;

function texts(value: unknown): readonly string[] {
  const all = Array.isArray(value) ? value.map((item) => shownText(String(item))) : [];
  return all.length > manyTexts
    ? [...all.slice(0, manyTexts), `and ${String(all.length - manyTexts)} more`]
    : all;
}
