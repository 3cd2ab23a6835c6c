import { Problem } from '../problem';
import { deepCopy, type Dict, isDict, type Value } from '../value/value';
import { splitPath } from './names';

/** A nested map as one of dotted names; empty maps and lists stay values. */
export function flatten(map: Dict): Dict {
  const result: Dict = new Map();
  const walk = (inner: Dict, before: string): void => {
    for (const [key, value] of inner) {
      const name = before === '' ? key : `${before}.${key}`;
      if (isDict(value) && value.size > 0) walk(value, name);
      else result.set(name, value);
    }
  };
  walk(map, '');
  return result;
}

/** A map of dotted names as a nested one; where two say something for one place, the first stays. */
export function nest(map: Dict, options: { unescape: boolean }): Dict {
  const result: Dict = new Map();
  for (const [name, value] of map) {
    const path = splitPath(name, options.unescape);
    const last = path.pop() ?? '';
    let inner = result;
    for (const part of path) {
      const next = inner.get(part);
      if (isDict(next)) inner = next;
      else if (next === undefined) {
        const made: Dict = new Map();
        inner.set(part, made);
        inner = made;
      } else {
        throw new Problem(`the setting '${name}' lies inside '${part}', which is no map`, {
          fix: `Remove one of the two.`,
        });
      }
    }
    if (!inner.has(last)) inner.set(last, value === null ? new Map<string, Value>() : deepCopy(value));
  }
  return result;
}

/**
 * The configuration that a Singer plugin gets: no nulls, dotted names nested, `\.` a dot of the name itself; a name
 * with a bare dot inside an object is left out, as Meltano leaves it out.
 */
export function singerConfig(config: Dict): Dict {
  const set: Dict = new Map([...config].filter(([, value]) => value !== null));
  return withoutDotted(nest(set, { unescape: false }));
}

function withoutDotted(map: Dict): Dict {
  const plain: Dict = new Map();
  const escaped: Dict = new Map();
  for (const [key, value] of map) {
    if (/(?<!\\)\./.test(key)) continue;
    const inner = isDict(value) ? withoutDotted(value) : value;
    // A renamed key comes last.
    if (key.includes('\\.')) escaped.set(key.replace(/\\\./g, '.'), inner);
    else plain.set(key, inner);
  }
  return new Map([...plain, ...escaped]);
}
