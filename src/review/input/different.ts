import type { TextDocument } from './texts';

/**
 * Leaves out, document for document, what stands in both with the same text. What may be about the same object as a
 * document that differs stays, since the last of two documents wins; and so does what git could not merge, since that has
 * to be told.
 */
export function onlyDifferent(
  before: readonly TextDocument[],
  after: readonly TextDocument[],
): [readonly TextDocument[], readonly TextDocument[]] {
  const counts = new Map<string, number>();
  for (const { text } of before) counts.set(text, (counts.get(text) ?? 0) + 1);
  const now = after.map(({ text }) => {
    const count = counts.get(text) ?? 0;
    if (count > 0) counts.set(text, count - 1);
    return count === 0 || text.includes('<<<<<<< ');
  });
  const old = before.map(({ text }) => {
    const count = counts.get(text) ?? 0;
    if (count > 0) counts.set(text, count - 1);
    return count > 0 || text.includes('<<<<<<< ');
  });
  const names = new Set([...namesIn(before, old), ...namesIn(after, now)]);
  if (names.size === 0) return [[], []];
  const kept = (documents: readonly TextDocument[], differs: readonly boolean[]) =>
    documents.filter(({ text }, index) => differs[index] === true || names.has(nameIn(text)));
  return [kept(before, old), kept(after, now)];
}

function namesIn(documents: readonly TextDocument[], differs: readonly boolean[]): readonly string[] {
  return documents.flatMap(({ text }, index) => (differs[index] === true ? [nameIn(text)] : []));
}

/** Kind and name, as they stand in most documents; the same text for what is written in another way. */
function nameIn(text: string): string {
  return `${valueOf(text, '\nkind:')} ${valueOf(text, '\n  name:')} ${valueOf(text, '\n  namespace:')}`;
}

function valueOf(text: string, key: string): string {
  const isFirst = text.startsWith(key.slice(1));
  const at = isFirst ? -1 : text.indexOf(key);
  if (at < 0 && !isFirst) return '';
  const from = at + key.length;
  const end = text.indexOf('\n', from);
  return text.slice(from, end < 0 ? text.length : end).trim();
}
