import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { createColors } from 'picocolors';
import { colors, FAILED, GATE_FAILED, InputError, say, takesColor } from '../../output';
import {
  parsePrices,
  type PriceTable,
  renderMarkdown,
  renderPage,
  renderText,
  review as reviewSides,
  type Review,
} from '../../review';
import { gatesAsked } from '../review/gates';
import { readSides, type Sides, type SidesOptions } from '../review/sides';
import { shown } from '../shown';

type Format = 'text' | 'markdown' | 'html' | 'json';

export interface ReviewOptions extends SidesOptions {
  /** @default - as the files end; text on stdout */
  readonly format?: Format;
  /** @default - stdout */
  readonly out?: readonly string[];
  /** Files that `terraform show -json` wrote. */
  readonly plan?: readonly string[];
  readonly detailedExitcode?: true;
  /** A table of prices in the place of ours. */
  readonly prices?: string;
  /** Demands that fail the run: `no-broadening`, `cost-ceiling=500`. */
  readonly gate?: readonly string[];
  /** `YYYY-MM-DD`. @default - the day of the clock, UTC */
  readonly today?: string;
}

/** Changes are there; only told where it was asked for. */
const CHANGED = 2;

/** Where nobody says how wide the terminal is. */
const usualColumns = 100;

const formatsByEnding: Readonly<Record<string, Format>> = {
  '.txt': 'text',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.html': 'html',
  '.htm': 'html',
  '.json': 'json',
};

/** Tells what a change from one output to another really does. */
export async function review(options: ReviewOptions): Promise<void> {
  // Refused before anything is read.
  const files = (options.out ?? []).map((file) => ({ file, format: formatOf(file, options.format) }));
  const plans = (options.plan ?? []).map((file) => ({ file, text: read(file) }));
  const asked = gatesAsked(options);
  const prices = options.prices === undefined ? {} : { prices: readPrices(options.prices) };
  const sides = await readSides(options);
  const result = asked.judge(reviewSides(sides.base, sides.head, { plans, ...prices }), sides);
  for (const { file, format } of files) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await rendered(result, format, sides, false));
    say(`${colors.green('✔')} ${shown(file)}`);
  }
  if (files.length === 0) process.stdout.write(await rendered(result, options.format ?? 'text', sides, true));
  if (result.diagnostics.some(({ level }) => level === 'error')) process.exitCode = FAILED;
  else if (result.gates.some((gate) => gate.result === 'fail')) process.exitCode = GATE_FAILED;
  else if (options.detailedExitcode === true && result.changes.length > 0) process.exitCode = CHANGED;
}

async function rendered(result: Review, format: Format, sides: Sides, terminal: boolean): Promise<string> {
  switch (format) {
    case 'text':
      return renderText(result, {
        colors: createColors(terminal && takesColor(process.stdout)),
        columns: terminal ? columnsOf(process.env.COLUMNS) : usualColumns,
      });
    case 'markdown':
      return renderMarkdown(result);
    case 'html': {
      // Only the page has a picture.
      const { drawPlatforms } = await import('../review/drawing.js');
      return renderPage(result, await drawPlatforms(result, sides.input));
    }
    case 'json':
      return `${JSON.stringify(result, undefined, 2)}\n`;
  }
}

function columnsOf(named: string | undefined): number {
  const columns = Number(named);
  if (Number.isInteger(columns) && columns > 0) return Math.max(40, columns);
  // Only a terminal has a width.
  return process.stdout.isTTY ? Math.max(40, process.stdout.columns) : usualColumns;
}

/** The format that was named, or that the file ends with. */
function formatOf(file: string, named: Format | undefined): Format {
  const format = named ?? formatsByEnding[extname(file).toLowerCase()];
  if (format !== undefined) return format;
  throw new InputError(
    `--out: found ${file}, allowed a name that ends in ${Object.keys(formatsByEnding).join(', ')}, or say what it is by --format.`,
  );
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(`--plan: ${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** A table in the form of data/google-prices.json. */
function readPrices(file: string): PriceTable {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(`--prices: ${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const prices = parsePrices(text);
  if (typeof prices !== 'string') return prices;
  throw new InputError(`--prices: ${file} is no table of prices: ${prices}.`);
}
