/** The world around the program: the process's own, or a test's. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Whether people look at the log. */
  readonly isTerminal: boolean;
  /** Where progress is drawn. @default - nowhere */
  readonly terminal?: NodeJS.WriteStream | undefined;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Asks a person; undefined where nobody is there. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** Calls back for signals that ask for the end; gives what takes the listeners away. */
  readonly onSignal: (listener: (signal: 'SIGTERM' | 'SIGINT') => void) => () => void;
}
