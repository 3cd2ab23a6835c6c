import { MASK } from '../mask';
import { isSecretName } from './names';

/** Shorter texts stand everywhere, and are covered only where they are the whole value. */
const minLength = 6;

/** Length by which the place of a secret is looked up. */
const stem = 5;

/** What was found to be secret anywhere, to be kept out of everything that is shown, however it is written there. */
export class Scrubber {
  private readonly byStem = new Map<string, string[]>();
  private readonly short = new Set<string>();

  constructor(secrets: Iterable<string>) {
    for (const secret of secrets) {
      if (!isTelling(secret)) {
        if (secret.length >= 2 && !/^[a-z]+$/.test(secret)) this.short.add(secret);
        continue;
      }
      for (const form of formsOf(secret)) this.add(form);
    }
  }

  /** Whether a value is one of those that are too short to look for within others. */
  isShortSecret(text: string): boolean {
    return this.short.has(text);
  }

  /** The text with every secret in it covered. */
  text(text: string): string {
    if (text.length < stem || this.byStem.size === 0) return text;
    let shown = '';
    let from = 0;
    for (let at = 0; at + stem <= text.length;) {
      const forms = this.byStem.get(text.slice(at, at + stem));
      const form = forms?.find((one) => text.startsWith(one, at));
      if (form === undefined) at += 1;
      else {
        shown += text.slice(from, at) + MASK;
        at += form.length;
        from = at;
      }
    }
    return from === 0 ? text : shown + text.slice(from);
  }

  private add(form: string): void {
    const key = form.slice(0, stem);
    const list = this.byStem.get(key);
    // The longest first, so that of one within another nothing is left over.
    if (list === undefined) this.byStem.set(key, [form]);
    else if (!list.includes(form)) {
      list.push(form);
      list.sort((a, b) => b.length - a.length);
    }
  }
}

/** Whether a text is of a kind that stands for nothing else: no plain word, no small number. */
function isTelling(secret: string): boolean {
  if (secret.length < minLength) return false;
  if (/^[a-z]+([-_.][a-z]+)*$/i.test(secret) && secret.length < 12) return false;
  // A name of a secret, such as `sf_password`, is none.
  if (/^[a-z]+([-_.][a-z]+)*$/i.test(secret) && isSecretName(secret)) return false;
  return !/^[\d.]+$/.test(secret) || secret.length > 8;
}

/** With percent signs; half of a pair of characters has no such form. */
function uriForm(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A secret as it may be written: as it is, in base64 at any place of a longer text, in percent signs, in JSON. */
function formsOf(secret: string): readonly string[] {
  const lines = secret.includes('\n') ? secret.split('\n').map((line) => line.trim()) : [];
  const escaped = JSON.stringify(secret).slice(1, -1);
  const forms = new Set([
    secret,
    secret.trim(),
    escaped,
    JSON.stringify(escaped).slice(1, -1),
    uriForm(secret),
    uriForm(uriForm(secret)),
    Buffer.from(secret).toString('hex'),
    ...lines.filter((line) => line.length >= 12),
  ]);
  for (const one of [secret, `${secret}\n`]) {
    for (let shift = 0; shift < 3; shift++) {
      const encoded = Buffer.from('\0'.repeat(shift) + one).toString('base64');
      // What depends on the neighbours is left out at both ends.
      const inner = encoded.slice([0, 2, 3][shift], encoded.length - (encoded.endsWith('=') ? 4 : 0));
      if (inner.length >= 8) {
        forms.add(inner);
        forms.add(inner.replace(/\+/g, '-').replace(/\//g, '_'));
      }
      if (shift === 0) forms.add(encoded);
    }
  }
  return [...forms].filter((form) => form.length >= stem);
}
