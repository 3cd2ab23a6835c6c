import { writeFileSync } from 'node:fs';
import { renderGraph } from '../../graph';
import { colors, readInput, say, selectPlatforms, useColor } from '../../output';

/** Draws the platform: Mermaid for documents, SVG or a page for people. */
export async function graph(options: {
  readonly file: string;
  readonly environment?: string;
  readonly format: 'mermaid' | 'svg' | 'html';
  readonly out?: string;
}): Promise<void> {
  const input = readInput(options.file, { color: useColor });
  const text = await renderGraph(selectPlatforms(input, options.environment), options.format);
  if (options.out === undefined) {
    process.stdout.write(text);
    return;
  }
  writeFileSync(options.out, text);
  say(`${colors.green('✔')} ${options.out}`);
}
