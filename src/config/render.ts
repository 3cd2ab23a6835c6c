import { codeFrameColumns } from '@babel/code-frame';
import { createColors } from 'picocolors';
import { maskCredentials } from './credentials';
import type { ConfigDocument, LocatedProblem } from './document';
import { formatPath } from './problem';

/**
 * The problems as text: for each its place, the sentence, a code frame and what to do, in the order of the file.
 * Values that look like credentials are masked in every frame.
 */
export function renderProblems(
  document: ConfigDocument,
  problems: readonly LocatedProblem[],
  options: { readonly color: boolean },
): string {
  const colors = createColors(options.color);
  const lines = maskedLines(document, problems);
  const blocks = problems.map(({ problem, range }) => {
    const place = `${document.file}:${range.line}:${range.column}`;
    const path = problem.path.length === 0 ? '' : ` ${colors.bold(formatPath(problem.path))}`;
    // Only what the frame shows: of a large file with many problems, all of it each time would take minutes.
    const first = Math.max(1, range.line - 2);
    // A variable, since the declarations of the library do not know startLine yet.
    const frameOptions = { linesAbove: 2, linesBelow: 1, startLine: first };
    const frame = codeFrameColumns(
      lines.slice(first - 1, range.line + 1).join('\n'),
      {
        start: { line: range.line, column: range.column },
        end: { line: range.line, column: range.endColumn },
      },
      frameOptions,
    );
    const shown = problem.sensitive !== true || problem.at === 'key';
    const found = shown ? problem.found && maskCredentials(problem.found) : 'a value that is not shown';
    const facts = [
      ['found', found],
      ['allowed', problem.allowed],
      ['fix', problem.fix],
    ].flatMap(([name, value]) =>
      value === undefined ? [] : [`  ${colors.dim((name ?? '').padEnd(8))} ${value}`],
    );
    return [
      `${colors.cyan(place)} ${colors.red('error')}${path}: ${problem.message}`,
      frame.replace(/^/gm, '  '),
      ...facts,
    ].join('\n');
  });
  const count = `${problems.length} problem${problems.length === 1 ? '' : 's'} in ${document.file}; nothing was written.`;
  return `${blocks.join('\n\n')}\n\n${colors.bold(count)}`;
}

/** Masks every sensitive value, since the frame of a neighbour shows its line too. */
function maskedLines(document: ConfigDocument, problems: readonly LocatedProblem[]): string[] {
  const lines = maskCredentials(document.text).split('\n');
  for (const { problem } of problems) {
    if (problem.sensitive !== true) continue;
    const range = document.locate(problem.path);
    const line = lines[range.line - 1] ?? '';
    const [start, end] = [range.column - 1, range.endColumn - 1];
    lines[range.line - 1] = line.slice(0, start) + '*'.repeat(end - start) + line.slice(end);
    for (let i = range.line; i < range.lastLine; i++) lines[i] = (lines[i] ?? '').replace(/\S.*/, '********');
  }
  return lines;
}
