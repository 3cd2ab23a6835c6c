/** Where in the configuration something stands: map keys and list positions from the top. */
export type ConfigPath = readonly (string | number)[];

/** One thing wrong with the configuration, told so that a person can mend it without reading the source. */
export interface Problem {
  /** The value that is wrong; where it is missing, the place it should be in. */
  readonly path: ConfigPath;
  /** Whether the frame marks the key (an unknown key) or the value. @default 'value' */
  readonly at?: 'key' | 'value';
  /** What is wrong, in one sentence without a full stop. */
  readonly message: string;
  /** What stands there now. Absent where it is missing or may be a secret. */
  readonly found?: string;
  /** What may stand there. */
  readonly allowed?: string;
  /** The next step that mends it. */
  readonly fix?: string;
  /** The value looks like a credential: the code frame masks it. @default false */
  readonly sensitive?: boolean;
  /** Places that this problem is about as well; a problem that follows from an earlier one at such a place is not told. */
  readonly dependsOn?: readonly ConfigPath[];
}

/** `databases.main.version`, with brackets where a key is not a plain word. */
export function formatPath(path: ConfigPath): string {
  return path
    .map((part, i) => {
      if (typeof part === 'number') return `[${String(part)}]`;
      if (!/^[\w-]+$/.test(part)) return `[${JSON.stringify(part)}]`;
      return i === 0 ? part : `.${part}`;
    })
    .join('');
}
