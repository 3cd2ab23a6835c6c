import { StringDecoder } from 'node:string_decoder';

/** Gives the lines of a stream as they end; a last one without an end too. */
export class Lines {
  private parts: string[] = [];
  private length = 0;
  private readonly decoder = new StringDecoder('utf8');

  constructor(
    private readonly take: (line: string) => void,
    /** A longer line is given in pieces. @default - any length */
    private readonly longest = Infinity,
  ) {}

  /** Takes a piece of the stream. */
  write(chunk: Buffer): void {
    let rest = this.decoder.write(chunk);
    for (;;) {
      const end = rest.indexOf('\n');
      if (end < 0) break;
      this.add(rest.slice(0, end));
      this.flush();
      rest = rest.slice(end + 1);
    }
    if (rest !== '') this.add(rest);
    if (this.length > this.longest) this.flush();
  }

  /** The stream has ended. */
  end(): void {
    this.add(this.decoder.end());
    if (this.length > 0) this.flush();
  }

  private add(text: string): void {
    this.parts.push(text);
    this.length += text.length;
  }

  private flush(): void {
    const line = this.parts.join('');
    this.parts = [];
    this.length = 0;
    this.take(line.endsWith('\r') ? line.slice(0, -1) : line);
  }
}
