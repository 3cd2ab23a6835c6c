import { Mask } from './mask';

/** How much a line matters. */
export const levels = ['debug', 'info', 'warning', 'error', 'critical', 'disabled'] as const;

/** How much a line matters. */
export type Level = (typeof levels)[number];

/** More about a line: `plugin`, `stream`. */
export type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Writes what happens: JSON lines for machines, plain lines for people; secrets never. */
export class Log {
  readonly mask = new Mask();
  private readonly least: number;

  constructor(
    private readonly options: {
      readonly write: (line: string) => void;
      readonly json: boolean;
      readonly level: Level;
      readonly now?: () => Date;
      readonly fields?: Fields;
    },
  ) {
    this.least = levels.indexOf(options.level);
  }

  debug(message: string, fields: Fields = {}): void {
    this.line('debug', message, fields);
  }

  info(message: string, fields: Fields = {}): void {
    this.line('info', message, fields);
  }

  warning(message: string, fields: Fields = {}): void {
    this.line('warning', message, fields);
  }

  error(message: string, fields: Fields = {}): void {
    this.line('error', message, fields);
  }

  /** Writes a line of any level. */
  line(level: Level, message: string, fields: Fields = {}): void {
    if (levels.indexOf(level) < this.least) return;
    const at = (this.options.now?.() ?? new Date()).toISOString();
    const all = { ...this.options.fields, ...fields };
    const text = this.options.json
      ? JSON.stringify({ ts: at, level, message: this.mask.clean(message), ...all })
      : `${at.slice(11, 19)} ${level.padEnd(7)} ${label(all)}${this.mask.clean(message)}${figures(all)}`;
    this.options.write(`${text}\n`);
  }
}

function label(fields: Fields): string {
  const { plugin } = fields;
  return typeof plugin === 'string' ? `${plugin}: ` : '';
}

/** What people want to know of a block that has ended. */
function figures({ rows, bytes, duration_seconds: seconds }: Fields): string {
  const parts = [
    typeof rows === 'number' ? `${rows.toLocaleString('en-US')} rows` : '',
    typeof bytes === 'number' ? `${bytes.toLocaleString('en-US')} bytes` : '',
    typeof seconds === 'number' ? `${seconds} s` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
