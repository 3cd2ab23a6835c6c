import { Problem } from '../problem';

/** Splits a line into words as a shell does, and as Python's `shlex.split`: quotes, and `\` outside single quotes. */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < line.length; i += 1) {
    const character = line[i] ?? '';
    if (quote === "'" && character !== "'") word = (word ?? '') + character;
    else if (quote !== '' && character === quote) quote = '';
    else if (character === '\\') {
      i += 1;
      const next = line[i];
      if (next === undefined) throw new Problem(`'${line}' ends with a lone backslash`);
      word = (word ?? '') + (quote === '"' && next !== '"' && next !== '\\' ? '\\' : '') + next;
    } else if (quote === '' && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (quote === '' && /[ \t\r\n]/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
  }
  if (quote !== '') throw new Problem(`'${line}' has a quote without an end`);
  if (word !== undefined) words.push(word);
  return words;
}
