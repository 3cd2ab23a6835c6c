/** A name or a command in a sentence: between backquotes, which it does not hold itself. */
export function code(text: string): string {
  return `\`${named(text)}\``;
}

/** Lines to copy; whatever is put into them has gone through `named` or `shellWord`. */
export function block(...lines: readonly string[]): string {
  return `\`${lines.join('\n')}\``;
}

/** A name from outside, on one line and without a backquote: it ends nothing that it stands in. */
export function named(text: string): string {
  return text.replace(/[\n\r\u2028\u2029]+/g, ' ').replaceAll('`', "'");
}

/** A word of a command, so that a shell takes nothing in it for more than a name. */
export function shellWord(from: string): string {
  const text = named(from);
  return /^[\w.@%+=:,/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Sentences one after the other; those that are empty are left out. */
export function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}
