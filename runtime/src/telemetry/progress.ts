import type { Figures, Observer, Running } from './live';

/** How often the line is drawn anew. */
const everyMs = 500;
/** More streams than these are counted together, so that the lines fit a small terminal. */
const mostStreams = 10;

/** What draws lines over the last ones; its library is loaded on a terminal only. */
interface Draw {
  (text: string): void;
  clear(): void;
  done(): void;
}

/** Shows on a terminal how far a run is, below the lines of its log. */
export class Progress implements Observer {
  private block: Running | undefined;
  private draw: Draw | undefined;
  private timer: NodeJS.Timeout | undefined;
  private before: { readonly at: number; readonly rows: number | null } | undefined;

  constructor(private readonly terminal: NodeJS.WriteStream) {}

  /** Writes a line of the log above it. */
  write(text: string, write: (text: string) => void): void {
    this.draw?.clear();
    write(text);
    this.show();
  }

  began(block: Running): void {
    this.block = block;
    this.before = undefined;
    void this.start();
  }

  ended(): void {
    clearInterval(this.timer);
    this.draw?.clear();
    this.draw?.done();
    this.draw = undefined;
    this.block = undefined;
  }

  private async start(): Promise<void> {
    const { createLogUpdate } = await import('../vendor/log-update.mjs');
    if (!this.block) return;
    this.draw = createLogUpdate(this.terminal, { showCursor: true });
    this.timer = setInterval(() => {
      this.show();
    }, everyMs);
    this.timer.unref();
  }

  private show(): void {
    if (!this.block || !this.draw) return;
    const figures = this.block.figures();
    const seconds = (Date.now() - this.block.startedAt.getTime()) / 1000;
    this.draw(describeProgress(this.block.name, figures, seconds, this.recent(figures, seconds)));
  }

  /** Rows a second of late; a tap that counts once a minute has the mean of all its time. */
  private recent({ rows }: Figures, seconds: number): number | null {
    if (rows === null || seconds <= 0) return null;
    const { before } = this;
    if (!before || seconds - before.at >= 5) this.before = { at: seconds, rows };
    const moved = before?.rows != null && rows > before.rows && seconds > before.at;
    return moved ? (rows - before.rows) / (seconds - before.at) : rows / seconds;
  }
}

/** The lines for people: what is moved, how fast, and the streams. */
export function describeProgress(
  name: string,
  { rows, bytes, streams }: Figures,
  seconds: number,
  rowsPerSecond: number | null,
): string {
  const parts = [
    clock(seconds),
    ...(rows === null ? [] : [`${count(rows)} rows`]),
    ...(rowsPerSecond === null ? [] : [`${count(Math.round(rowsPerSecond))} rows/s`]),
    ...(bytes === null ? [] : [`${size(bytes)}, ${size(bytes / Math.max(seconds, 1))}/s`]),
  ];
  const sorted = Object.entries(streams).sort(([, a], [, b]) => b - a);
  const shown = sorted.slice(0, mostStreams).map(([stream, n]) => `  ${stream}  ${count(n)} rows`);
  const rest = sorted.slice(mostStreams);
  const more = rest.length === 0 ? [] : [`  ${rest.length} more  ${count(sum(rest))} rows`];
  return [`${name}  ${parts.join('  ')}`, ...shown, ...more].join('\n');
}

function sum(streams: readonly (readonly [string, number])[]): number {
  return streams.reduce((all, [, rows]) => all + rows, 0);
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] ?? ''}`;
}
