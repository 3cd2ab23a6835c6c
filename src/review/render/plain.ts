/** What a terminal, a browser or a forge may take for something else than a character to show. */
const unseen =
  /[\p{Cc}\p{Cs}\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff]|[\u{e0000}-\u{e007f}]/gu;

/**
 * One line that is safe to show anywhere: line ends become `⏎`, tabs a blank; control characters, halves of surrogate
 * pairs, and what is unseen or turns the direction of a text are written out as `\u{…}`, so that two names that look
 * alike do not.
 */
export function plain(text: string): string {
  return text
    .replace(/\r\n|[\n\r\u2028\u2029]/g, '⏎')
    .replace(/\t/g, ' ')
    .replace(unseen, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The same, at most so many characters long; the end says that there was more. */
export function clipped(text: string, longest: number): string {
  // What is far too long need not be looked through.
  const safe = plain(text.length > 4 * longest ? text.slice(0, 4 * longest) : text);
  const characters = Array.from(safe);
  if (characters.length <= longest && text.length <= 4 * longest) return safe;
  return `${characters.slice(0, Math.max(1, longest - 1)).join('')}…`;
}

/** `1 change`, `1,004 changes`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${withCommas(n)} ${n === 1 ? one : many}`;
}

/** Not toLocaleString: loading the tables of all locales takes longer than a review. */
export function withCommas(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}
