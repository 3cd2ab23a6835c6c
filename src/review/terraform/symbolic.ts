import { textOf } from '../equal';

/** Whether a value holds something that only a plan knows. */
export function isSymbolic(value: unknown): boolean {
  return typeof value === 'string' && /(?<!\$)\$\{/.test(value);
}

/** The same reference, written once with and once without its brackets. */
export function mayBeSame(one: unknown, other: unknown): boolean {
  const bare = (value: unknown) =>
    textOf(value)
      .replace(/\s+/g, '')
      .replace(/\["([\w-]+)"\]/g, '.$1');
  if (bare(one) === bare(other)) return true;
  // What only the environment of Terraform knows fits any name.
  const fits = (pattern: unknown, value: unknown) =>
    textOf(pattern).includes('${provider.') &&
    new RegExp(
      `^${textOf(pattern)
        .split(/\$\{provider\.\w+\}/)
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('[^/]+')}$`,
    ).test(textOf(value));
  return fits(one, other) || fits(other, one);
}
