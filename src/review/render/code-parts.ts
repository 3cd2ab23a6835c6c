/** A piece of a sentence: words, or something to be read letter by letter. */
export interface Part {
  readonly text: string;
  readonly code: boolean;
}

/** Words of a language and its marks: nothing that a forge could take for a link, a mention or a command. */
const word = /^[("]?\p{L}[\p{L}'’]*(-\p{L}+)*[)"]?[,.;:!?]?$|^\d{1,3}[,.;:]?$|^[–—+,.;:!?)]+$/u;

/**
 * A sentence in parts. What stands between backquotes is code, and so is every other word that is none of a language:
 * sentences carry names out of the input, and those must stay text in every format.
 */
export function partsOf(sentence: string): readonly Part[] {
  const parts: Part[] = [];
  const add = (text: string, code: boolean) => {
    const last = parts.at(-1);
    if (last?.code === code) parts[parts.length - 1] = { text: last.text + text, code };
    else if (text !== '') parts.push({ text, code });
  };
  sentence.split('`').forEach((piece, at, all) => {
    // A backquote without its second one starts nothing.
    if (at % 2 === 1 && at < all.length - 1) {
      add(piece, true);
      return;
    }
    for (const token of piece.split(/(\s+)/)) {
      if (token === '') continue;
      if (/^\s+$/.test(token)) add(' ', false);
      else if (word.test(token)) add(token, false);
      else {
        const [, code = token, mark = ''] = /^(.+?)([,.;:]?)$/su.exec(token) ?? [];
        add(code, true);
        add(mark, false);
      }
    }
  });
  return parts;
}
