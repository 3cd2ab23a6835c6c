/** Shorter texts are not worth a place in the table. */
const longEnough = 60;

/** Writes every long text once, and `@3` where it stands; a text that begins with `@` gets one more. */
export class TextTable {
  readonly texts: string[] = [];
  private readonly places = new Map<string, number>();

  constructor(texts: readonly string[] = []) {
    this.texts = [...texts];
  }

  /** A value with places instead of long texts. */
  shorten(value: unknown): unknown {
    return mapTexts(value, (text) => {
      if (text.length < longEnough) return text.startsWith('@') ? `@${text}` : text;
      let place = this.places.get(text);
      if (place === undefined) {
        place = this.texts.push(text) - 1;
        this.places.set(text, place);
      }
      return `@${place}`;
    });
  }

  /** A value with its texts. */
  restore(value: unknown): unknown {
    return mapTexts(value, (text) => {
      if (!text.startsWith('@')) return text;
      return text.startsWith('@@') ? text.slice(1) : (this.texts[Number(text.slice(1))] ?? '');
    });
  }
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapTexts(one, change)]));
}
