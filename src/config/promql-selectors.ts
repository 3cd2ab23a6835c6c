import type { SyntaxNode } from '@lezer/common';

/** Why an expression is refused. */
export class PromqlFault extends Error {}

/** What a string literal means; escapes are those of Go. */
export function unquoted(literal: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith('`')) return inner;
  return inner.replace(
    /\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)/gs,
    (_, code: string) => {
      if (/^[xuU]./.test(code)) return String.fromCodePoint(parseInt(code.slice(1), 16));
      if (/^[0-7]{3}$/.test(code)) return String.fromCodePoint(parseInt(code, 8));
      const plain = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }[code];
      if (plain !== undefined) return plain;
      if (code === '\\' || code === literal[0]) return code;
      throw new PromqlFault(`a string has no escape \\${code}; a backslash is written twice`);
    },
  );
}

/** A selector must name a metric, or ask something of a label that not every series fulfils. */
export function checkSelector(node: SyntaxNode, text: (node: SyntaxNode) => string): void {
  const list = node.getChild('LabelMatchers');
  const matchers = [
    ...(list?.getChildren('UnquotedLabelMatcher') ?? []),
    ...(list?.getChildren('QuotedLabelMatcher') ?? []),
  ];
  // Each is judged, also after one was found that narrows.
  const narrowing = matchers.map((matcher) => narrows(matcher, text));
  const names = [
    ...node.getChildren('Identifier'),
    ...(list?.getChildren('QuotedLabelName') ?? []),
    ...matchers.filter((matcher) => text(matcher).startsWith('__name__')),
  ];
  const plain = node.getChild('Identifier');
  if (plain !== null && names.length > 1) {
    throw new PromqlFault(`the name of the metric stands twice in ${text(node)}`);
  }
  if (names.length > 0 && names[0] !== matchers[0]) return;
  if (!narrowing.includes(true)) {
    throw new PromqlFault(`${text(node)} selects every series there is; name a metric`);
  }
}

/** Whether a matcher refuses a label that is not there. */
function narrows(matcher: SyntaxNode, text: (node: SyntaxNode) => string): boolean {
  const operator = matcher.getChild('MatchOp');
  const literal = matcher.getChild('StringLiteral');
  if (operator === null || literal === null)
    throw new PromqlFault(`${text(matcher)} is no matcher of a label`);
  const value = unquoted(text(literal));
  switch (text(operator)) {
    case '=':
      return value !== '';
    case '!=':
      return value === '';
    case '=~':
      return !expressionOf(value).test('');
    default:
      return expressionOf(value).test('');
  }
}

/** A regular expression of RE2 as far as JavaScript knows it; what RE2 has not is refused. */
function expressionOf(text: string): RegExp {
  const foreign = /\(\?<?[=!]|\\[1-9]|\\k</.exec(text);
  if (foreign !== null) {
    throw new PromqlFault(`the regular expression ${text} uses ${foreign[0]}, which RE2 does not have`);
  }
  const translated = text
    .replace(/\(\?P</g, '(?<')
    .replace(/\(\?[imsU]+(-[imsU]+)?\)/g, '')
    .replace(/\(\?[imsU]*(-[imsU]+)?:/g, '(?:')
    .replace(/\\z/g, '$');
  try {
    return new RegExp(`^(?:${translated})$`, 's');
  } catch {
    throw new PromqlFault(`${text} is no regular expression`);
  }
}
