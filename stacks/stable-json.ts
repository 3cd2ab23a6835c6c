/**
 * JSON as cdktf writes it: keys sorted, two blanks, and a line break in an empty list or object as well.
 *
 * cdktf's own writer cannot be asked for a text; it writes a file, into a folder that environment variables name.
 */
export function stableJson(value: unknown): string {
  return render(value, '\n') ?? 'null';
}

function render(value: unknown, indent: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return `[${value.map((item) => inner + (render(item, inner) ?? 'null')).join(',')}${indent}]`;
  }
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, item]) => {
      const text = render(item, inner);
      return text === undefined ? [] : [`${inner}${JSON.stringify(key)}: ${text}`];
    });
  return `{${members.join(',')}${indent}}`;
}
