/** Exit codes, those of Meltano. */
export const exitCode = {
  fine: 0,
  failed: 1,
  usage: 2,
  incompatible: 3,
  terminated: 143,
  interrupted: 1,
} as const;

/**
 * Something that the user has to mend: one clear line, and how to mend it.
 *
 * It ends the program with its exit code, without a trace of the stack.
 */
export class Problem extends Error {
  readonly fix: string | undefined;
  readonly exitCode: number;

  constructor(message: string, options: { fix?: string; exitCode?: number } = {}) {
    super(message);
    this.fix = options.fix;
    this.exitCode = options.exitCode ?? exitCode.failed;
  }
}
