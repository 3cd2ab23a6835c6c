/** A name or a command in a sentence: between backquotes, which it does not hold itself. */
export function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

/** A word of a command, so that a shell takes nothing in it for more than a name. */
export function shellWord(text: string): string {
  return /^[\w.@%+=:,/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Sentences one after the other; those that are empty are left out. */
export function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}
