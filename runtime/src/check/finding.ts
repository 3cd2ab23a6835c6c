/** Something that a run would stumble over. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  /** What it is about: a plugin, the state, the environment. */
  readonly about: string;
  readonly message: string;
  readonly fix: string | undefined;
}
