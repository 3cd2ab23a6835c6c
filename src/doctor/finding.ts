/** What came of one look. `warning`: it works without, or not yet. `skipped`: it could not be looked at. */
export type Verdict = 'ok' | 'warning' | 'failed' | 'skipped';

/** One thing that was looked at. */
export interface Finding {
  /** What it belongs to: `tools`, `google`, or the name of a cluster. */
  readonly area: string;
  /** Says what it is about, and never changes its meaning. */
  readonly id: string;
  readonly verdict: Verdict;
  /** What was found, in a sentence without a full stop. */
  readonly text: string;
  /** The next step that mends it. @default - nothing is to be done */
  readonly fix?: string;
}

/** What a command said. */
export interface Said {
  /** The exit code; null where there is no such command. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end; never throws. */
export type Run = (command: string, args: readonly string[], input?: string) => Said;

/** The first line of what a command said against it. */
export function complaint({ stderr, stdout }: Said): string {
  return (stderr.trim() || stdout.trim()).split('\n')[0] ?? '';
}

/** Reads JSON that a program printed; undefined where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
