/**
 * A text that a person wrote, for an argument of a resource: Terraform would take `${` and `%{` in it for an expression
 * of its own.
 */
export function literal(text: string): string {
  return text.replace(/[$%](?=\{)/g, '$&$&');
}

/** The same for each value of a map. */
export function literals(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, literal(text)]));
}
