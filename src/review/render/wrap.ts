/** Breaks a text at blanks into lines of at most so many characters; a longer word has a line of its own. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const token of text.split(' ')) {
    if (line !== '' && line.length + 1 + token.length > width) {
      lines.push(line);
      line = token;
    } else line = line === '' ? token : `${line} ${token}`;
  }
  return line === '' ? lines : [...lines, line];
}
