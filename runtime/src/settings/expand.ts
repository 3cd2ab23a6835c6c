import { Problem } from '../problem';
import { isDict, type Value } from '../value/value';

/** What `$X` becomes where X is not set: nothing, or an error (feature flag `strict_env_var_mode`). */
export type Missing = 'empty' | 'error';

/** Variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

const reference = /(\\)?\$(?:\{(\w+)\}|([A-Z][A-Z0-9_]*))/g;

/** Fills `${name}` and `$NAME` in; `\$NAME` stays as `$NAME`. */
export function expandText(text: string, variables: Variables, missing: Missing): string {
  return text.replace(reference, (_, escaped?: string, curly?: string, normal?: string) => {
    const name = curly ?? normal ?? '';
    if (escaped !== undefined) return curly === undefined ? `$${name}` : `\${${name}}`;
    const value = variables[name];
    if (value === undefined && missing === 'error') {
      throw new Problem(`the environment variable ${name} is referred to, and it is not set`, {
        fix: `Set ${name}, or set ff.strict_env_var_mode to false.`,
      });
    }
    return value ?? '';
  });
}

/** Fills references in every text of a value. */
export function expandValue(value: Value, variables: Variables, missing: Missing): Value {
  if (typeof value === 'string') return expandText(value, variables, missing);
  if (Array.isArray(value)) return value.map((item) => expandValue(item, variables, missing));
  if (isDict(value)) return new Map([...value].map(([k, v]) => [k, expandValue(v, variables, missing)]));
  return value;
}

/** Fills references in each of some variables from others. */
export function expandVariables(
  texts: Readonly<Record<string, string>>,
  from: Variables,
  missing: Missing,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, expandText(text, from, missing)]),
  );
}
