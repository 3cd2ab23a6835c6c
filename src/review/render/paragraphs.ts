/** A stretch of an explanation: a sentence, or lines to copy. */
export type Paragraph = { readonly text: string } | { readonly block: readonly string[] };

/** An explanation in its sentences and its blocks: code of several lines stands on its own. */
export function paragraphsOf(explanation: string): readonly Paragraph[] {
  return explanation.split(/`([^`]*\n[^`]*)`/).flatMap((piece, at): Paragraph[] => {
    if (at % 2 === 1) return [{ block: piece.split('\n') }];
    const text = piece.trim();
    return text === '' ? [] : [{ text }];
  });
}
