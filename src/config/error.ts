import type { LocatedProblem } from './document';

/** Thrown where a configuration cannot be used; carries every problem found, not only the first. */
export class ConfigError extends Error {
  constructor(
    readonly problems: readonly LocatedProblem[],
    /** The problems as text for people, with code frames where the file is known. */
    readonly rendered: string,
  ) {
    super(rendered);
    this.name = 'ConfigError';
  }
}
