const mark = '***';
/** Names of settings that hold a secret although nothing says so. */
const secretName =
  /(^|[^a-z])(password|passwd|pwd|secret|token|api_?key|access_?key|private_?key|credentials?|client_secret)($|[^a-z])/i;

/** Whether a setting of this name holds a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name.replace(/([a-z])([A-Z])/g, '$1_$2'));
}

/** Takes the secrets of a configuration out of every text that is printed or stored. */
export class Mask {
  private readonly secrets = new Set<string>();
  private pattern: RegExp | undefined;

  /** Adds a secret, and the forms in which it could be printed; too short a text would hide too much. */
  add(secret: string): void {
    const lines = secret.includes('\n') ? secret.split('\n').filter((line) => line.length >= 8) : [];
    for (const one of [secret, ...lines]) {
      if (one.trim().length < 4) continue;
      this.secrets.add(one);
      this.secrets.add(JSON.stringify(one).slice(1, -1));
      this.secrets.add(encodeURIComponent(one));
    }
    this.pattern = undefined;
  }

  /** The text without secrets. */
  clean(text: string): string {
    if (this.secrets.size === 0) return text;
    // The longest first, so that nothing of a longer one is left beside a shorter one.
    this.pattern ??= new RegExp(
      [...this.secrets]
        .sort((a, b) => b.length - a.length)
        .map((secret) => secret.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
        .join('|'),
      'g',
    );
    return text.replace(this.pattern, mark);
  }
}
