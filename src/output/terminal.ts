import { createColors } from 'picocolors';

/** Whether stderr takes colours. */
export const useColor = takesColor(process.stderr);

export const colors = createColors(useColor);

/** Text for people goes to stderr, so that stdout holds only what programs read. */
export function say(text = ''): void {
  process.stderr.write(`${text}\n`);
}

/** `1 stack`, `1,004 stacks`. */
export function count(n: number, what: string): string {
  // Not toLocaleString: loading the tables of all locales takes longer than synthesizing a stack.
  return `${String(n).replace(/\B(?=(\d{3})+$)/g, ',')} ${what}${n === 1 ? '' : 's'}`;
}

/**
 * Whether a stream takes colours: NO_COLOR beats FORCE_COLOR beats what the terminal is.
 * @see https://no-color.org
 */
export function takesColor(stream: { readonly isTTY?: boolean }): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return stream.isTTY === true && TERM !== 'dumb';
}
