/** A line whose first key is its type is told by its beginning. */
const usual = /^\s*\{\s*"type"\s*:\s*"([A-Z_]+)"(?:\s*,\s*"stream"\s*:\s*"([^"\\]*)")?/;
/** How much of a line is looked at for that. */
const beginning = 512;
/** A longer line is not read whole. */
const longest = 1 << 20;

/** Counts the records of each stream in what a tap writes. */
export class Counter {
  /** The records per stream. */
  readonly byStream = new Map<string, number>();
  /** Everything that came, lines of any kind. */
  bytes = 0;
  /** Whether there was a line that could not be told. */
  unsure = false;
  private parts: Buffer[] = [];
  private kept = 0;
  private length = 0;

  /** Takes a piece of the stream. */
  write(chunk: Buffer): void {
    this.bytes += chunk.length;
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      if (this.length === 0) this.line(chunk.subarray(from, end), end - from);
      else {
        this.keep(chunk.subarray(from, end));
        this.flush();
      }
      from = end + 1;
    }
    if (from < chunk.length) this.keep(chunk.subarray(from));
  }

  /** The stream has ended. */
  end(): void {
    if (this.length > 0) this.flush();
  }

  private keep(part: Buffer): void {
    this.length += part.length;
    if (this.kept >= longest) return;
    this.parts.push(part.subarray(0, longest - this.kept));
    this.kept += part.length;
  }

  private flush(): void {
    this.line(Buffer.concat(this.parts), this.length);
    this.parts = [];
    this.kept = 0;
    this.length = 0;
  }

  private line(line: Buffer, length: number): void {
    const found = usual.exec(line.toString('utf8', 0, Math.min(line.length, beginning)));
    if (found && found[1] !== 'RECORD') return;
    if (found?.[2] !== undefined) this.count(found[2]);
    else if (length > longest) this.unsure = true;
    else this.whole(line);
  }

  private whole(line: Buffer): void {
    try {
      const value: unknown = JSON.parse(line.toString('utf8'));
      if (typeof value !== 'object' || value === null || !('type' in value) || value.type !== 'RECORD')
        return;
      this.count('stream' in value && typeof value.stream === 'string' ? value.stream : '');
    } catch {
      // No message at all.
    }
  }

  private count(stream: string): void {
    this.byStream.set(stream, (this.byStream.get(stream) ?? 0) + 1);
  }
}
