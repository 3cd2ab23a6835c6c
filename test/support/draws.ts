import { fc } from './property';

/** Any plain map, as YAML gives it. */
export type Tree = Record<string, unknown>;

/** Draws one value after the other, so that later ones can refer to earlier ones. */
export type Gen = Parameters<Parameters<ReturnType<typeof fc.gen>['map']>[0]>[0];

export const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
export const alphanumerics = [...letters, ...'0123456789'.split('')];
export const text = (from: readonly string[], min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...from), minLength: min, maxLength: max });

/** A short key of a map; no namespace or secret of somebody else's. */
export const shortKey = fc
  .tuple(fc.constantFrom(...letters), text(alphanumerics, 0, 6), text(alphanumerics, 0, 4))
  .map(([first, rest, more]) => (more === '' ? first + rest : `${first}${rest}-${more}`))
  .filter((key) => !/^(kube|gke|gmp|tapline)-/.test(key));

/** What everything that is drawn is made of. */
export class Draws {
  constructor(
    protected readonly g: Gen,
    /** Whether every name is as long as it may be, and begins like the others. */
    protected readonly longest: boolean,
  ) {}

  /** Keys of a map: short and unlike, or as long as may be and alike. */
  protected keys(min: number, max: number): string[] {
    return this.distinct(min, max, 40);
  }

  protected distinct(min: number, max: number, longest: number): string[] {
    const key = this.longest
      ? text(alphanumerics, 3, 3).map((end) => `${'long-'.repeat(longest).slice(0, longest - 4)}x${end}`)
      : shortKey;
    return this.g(() => fc.uniqueArray(key, { minLength: min, maxLength: max }));
  }

  protected record<T>(min: number, max: number, value: (key: string, index: number) => T): Record<string, T> {
    return Object.fromEntries(this.keys(min, max).map((key, i) => [key, value(key, i)]));
  }

  protected maybe(key: string, value: () => unknown): Tree {
    return this.flag() ? { [key]: value() } : {};
  }

  protected some(key: string, value: Tree): Tree {
    return Object.keys(value).length > 0 ? { [key]: value } : {};
  }

  protected short(min: number, max: number): string {
    return this.g(() => text(alphanumerics, min, max));
  }

  protected flag(): boolean {
    return this.g(fc.boolean);
  }

  protected number(min: number, max: number): number {
    return this.g(() => fc.integer({ min, max }));
  }

  protected one<T>(from: readonly T[]): T {
    return from[this.number(0, from.length - 1)] as T;
  }
}
