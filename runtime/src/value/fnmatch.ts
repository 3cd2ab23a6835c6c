const cache = new Map<string, RegExp>();

/** Whether a name matches a shell pattern as Python's `fnmatch` has it: `*` also crosses dots, case counts. */
export function fnmatch(name: string, pattern: string): boolean {
  let compiled = cache.get(pattern);
  if (!compiled) {
    compiled = new RegExp(`^(?:${translate(pattern)})$`, 'su');
    cache.set(pattern, compiled);
  }
  return compiled.test(name);
}

function translate(pattern: string): string {
  const characters = Array.from(pattern);
  let result = '';
  for (let i = 0; i < characters.length; i += 1) {
    const character = characters[i] ?? '';
    const end = character === '[' ? closing(characters, i) : -1;
    if (character === '*') result += '.*';
    else if (character === '?') result += '.';
    else if (end > 0) {
      result += characterClass(characters.slice(i + 1, end));
      i = end;
    } else result += escape(character);
  }
  return result;
}

/** Where the class that opens here closes; a `]` right behind the opening belongs to it. */
function closing(characters: string[], open: number): number {
  let at = open + 1;
  if (characters[at] === '!') at += 1;
  if (characters[at] === ']') at += 1;
  return characters.indexOf(']', at);
}

function characterClass(inside: string[]): string {
  const negated = inside[0] === '!';
  const members = (negated ? inside.slice(1) : inside)
    .map((c) => (/[\\\]^[&~|]/.test(c) ? `\\${c}` : c))
    .join('');
  // A range that runs backwards holds nothing.
  const kept = members.replace(/(.)-(.)/gu, (range: string, from: string, to: string) =>
    from > to ? '' : range,
  );
  if (kept === '') return negated ? '.' : '(?!)';
  return `[${negated ? '^' : ''}${kept.replace(/&|~|\|/g, (c) => c).replace(/\\([&~|])/g, '$1')}]`;
}

function escape(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}
