/** The name of an environment variable: everything but letters and digits becomes `_`, upper case. */
export function variableName(...parts: readonly (string | null)[]): string {
  return parts
    .filter((part): part is string => part !== null && part !== '')
    .map((part) => part.replace(/[^A-Za-z0-9]/g, '_').toUpperCase())
    .join('_');
}

/** The parts of a name between its dots; `\.` is a dot that does not part. */
export function splitPath(path: string, unescape = true): string[] {
  const parts = path.split(/(?<!\\)\./);
  return unescape ? parts.map((part) => part.replace(/\\\./g, '.')) : parts;
}
