/** A part of a template: text that stands for itself, or an expression between `${` and `}`. */
export type TemplatePart = { readonly text: string } | { readonly expression: string };

/** One step of a traversal: an attribute, a key or an index. */
export type Step = string | number;

const traversal = /^[A-Za-z_][\w-]*(?:\.[\w-]+|\[\s*(?:\d+|"[^"\\]*")\s*\]|\.\*|\[\*\])*$/;
const inside = /[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\[\s*(?:\d+|"[^"\\]*")\s*\])+/g;

/** Splits a string of Terraform JSON at its interpolations; `$${` is text. */
export function partsOf(template: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let text = '';
  for (let at = 0; at < template.length;) {
    if (template.startsWith('$${', at) || template.startsWith('%%{', at)) {
      text += template.slice(at, at + 3);
      at += 3;
    } else if (template.startsWith('${', at)) {
      const end = endOf(template, at + 2);
      // Without its end it is no interpolation: Terraform will refuse it, and the comparison shows it as it stands.
      if (end < 0) return [...parts, { text: text + template.slice(at) }];
      if (text !== '') parts.push({ text });
      text = '';
      parts.push({ expression: template.slice(at + 2, end).trim() });
      at = end + 1;
    } else {
      text += template.charAt(at);
      at += 1;
    }
  }
  return text === '' ? parts : [...parts, { text }];
}

/** Position of the brace that ends an expression, past nested braces and quoted text; -1 where there is none. */
function endOf(template: string, from: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < template.length; at++) {
    const char = template.charAt(at);
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{') depth++;
    else if (char === '}' && depth-- === 0) return at;
  }
  return -1;
}

/** The steps of `google_compute_network.main.secondary[0].name`; undefined where the expression is more than that. */
export function stepsOf(expression: string): readonly Step[] | undefined {
  if (!traversal.test(expression) || expression.includes('*')) return undefined;
  const found = expression.matchAll(/([A-Za-z_0-9][\w-]*)|\[\s*(?:(\d+)|"([^"]*)")\s*\]/g);
  return [...found].map(([, name, index, key]) =>
    index === undefined ? (name ?? key ?? '') : Number(index),
  );
}

/** Every traversal that an expression of any form holds, such as the arguments of a function. */
export function traversalsIn(expression: string): readonly string[] {
  const unquoted = expression.replace(/"(?:[^"\\]|\\.)*"/g, (quote) =>
    // Interpolations within quotes count, keys between brackets too.
    quote.includes('${') ? quote : quote.replace(/\./g, ' '),
  );
  return [...unquoted.matchAll(inside)].map(([whole]) => whole);
}
