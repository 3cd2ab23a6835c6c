/** `1 value`, `2 values`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}

/**
 * One line that is safe to show anywhere: no control characters (most are not allowed in XML at all), no halves of
 * surrogate pairs, and nothing that changes the direction of the text around it.
 */
export function plain(text: string): string {
  return text
    .replace(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/gu, '\ufffd');
}

/** Text for XML and HTML, in elements and in quoted attributes. */
export function escapeXml(text: string): string {
  return plain(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/**
 * About how wide the text is, in the unit of fontSize: never less than in Helvetica, Arial or what stands in for them.
 * A picture that is laid out before it meets a font cannot know better.
 */
export function widthOf(text: string, fontSize: number, bold = false): number {
  let em = 0;
  for (const character of text) em += widthOfCharacter(character);
  return em * fontSize * (bold ? 1.09 : 1.02);
}

function widthOfCharacter(character: string): number {
  if (/[ijl|'.,:;!]/.test(character)) return 0.28;
  if (/[ftrI ()[\]/\\`"*-]/.test(character)) return 0.37;
  if (/[mwMW@%—…]/.test(character)) return 0.92;
  if (/[A-Z&+<>=~#]/.test(character)) return 0.72;
  if (character <= '\u024f') return 0.56;
  return 1.05;
}

/**
 * Breaks a text into at most maxLines lines of at most maxWidth, at blanks and after the punctuation that names have;
 * what does not fit then ends with an ellipsis.
 */
export function wrap(
  text: string,
  style: {
    readonly maxWidth: number;
    readonly maxLines: number;
    readonly fontSize: number;
    readonly bold?: boolean;
  },
): string[] {
  const fits = (line: string) => widthOf(line, style.fontSize, style.bold) <= style.maxWidth;
  const lines: string[] = [];
  let rest = plain(text).trim();
  while (rest !== '' && lines.length < style.maxLines) {
    if (fits(rest)) return [...lines, rest];
    const last = lines.length === style.maxLines - 1;
    const head = Array.from(rest);
    while (head.length > 1 && !fits(head.join('') + (last ? '…' : ''))) head.pop();
    const cut = head.join('');
    if (last) return [...lines, `${cut.trimEnd()}…`];
    const at = Math.max(...[' ', '-', '/', '_', '.', ':', ',', '@'].map((mark) => cut.lastIndexOf(mark)));
    // A break in the first third leaves a ragged line; rather break inside the word.
    const end = at >= cut.length / 3 ? at + 1 : cut.length;
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return lines;
}
