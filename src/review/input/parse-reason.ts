/** What a parser says is wrong, without the piece of the file that it quotes: that may be a secret. */
export function withoutText(message: string): string {
  return message
    .replace(/,? *(\.\.\.)?"[\s\S]*"(\.\.\.)?/g, '')
    .replace(/'[^']{2,}'|`[^`]*`|<[^>]*>|"[^"]*"/g, '…')
    .replace(/\s+is not valid JSON$/, '')
    .trim();
}
