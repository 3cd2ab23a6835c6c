/**
 * A value of a configuration, a catalog or a state, as Python knows it.
 *
 * Plugins and Meltano are Python: `5` and `5.0` differ there, integers have no end, and maps keep their order whatever
 * their keys. A plain JavaScript value loses all three, and what is written back would differ by a byte.
 */
export type Value = null | boolean | number | bigint | string | Float | Value[] | Dict;

/** A map that keeps its order, also for keys that look like numbers. */
export type Dict = Map<string, Value>;

/** A floating-point number; a plain `number` or `bigint` is an integer. */
export class Float {
  constructor(readonly value: number) {}
}

/** Whether the value is a map. */
export function isDict(value: Value | undefined): value is Dict {
  return value instanceof Map;
}

/** The integer that the digits stand for, exact at any length. */
export function integer(digits: string): number | bigint {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : BigInt(digits);
}

/** Whether Python would take the value for true. */
export function isTruthy(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false || value === '' || value === 0) return false;
  if (value === 0n) return false;
  if (value instanceof Float) return value.value !== 0;
  if (Array.isArray(value)) return value.length > 0;
  return isDict(value) ? value.size > 0 : true;
}

/** Whether Python would take the two for equal: `1`, `1.0` and `True` are. */
export function isEqual(a: Value, b: Value): boolean {
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((x, i) => isEqual(x, b[i] ?? null))
    );
  }
  if (isDict(a) || isDict(b)) {
    return (
      isDict(a) &&
      isDict(b) &&
      a.size === b.size &&
      [...a].every(([k, v]) => b.has(k) && isEqual(v, b.get(k) ?? null))
    );
  }
  return scalar(a) === scalar(b);
}

function scalar(value: null | boolean | number | bigint | string | Float): null | number | bigint | string {
  if (value instanceof Float) return value.value;
  return typeof value === 'boolean' ? Number(value) : value;
}

/** A copy that shares nothing with the original. */
export function deepCopy(value: Value): Value {
  if (Array.isArray(value)) return value.map(deepCopy);
  return isDict(value) ? new Map([...value].map(([k, v]) => [k, deepCopy(v)])) : value;
}

/** A map of plain entries; what is undefined is left out. */
export function dict(entries: Record<string, Value | undefined>): Dict {
  const result: Dict = new Map();
  for (const [key, value] of Object.entries(entries)) if (value !== undefined) result.set(key, value);
  return result;
}
