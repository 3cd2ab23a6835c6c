import { EnvHttpProxyAgent, request } from 'undici';

/** Thrown where a forge does not do what was asked; the message is for people, and holds no token. */
export class ForgeError extends Error {
  override readonly name = 'ForgeError';

  constructor(
    message: string,
    readonly fix: string,
    /** Status of the answer; undefined where there was none. */
    readonly status?: number,
  ) {
    super(message);
  }
}

/** How long it waits for a forge. */
export interface ForgePatience {
  /** For each answer. @default 20000 */
  readonly timeoutMs?: number;
  /** Before the first repetition; each further one waits twice as long. @default 1000 */
  readonly firstWaitMs?: number;
  /** The longest single wait, also where the forge asks for a longer one: then it gives up. @default 120000 */
  readonly longestWaitMs?: number;
  /** How often a request is made again. @default 4 */
  readonly retries?: number;
}

export interface ForgeConnection {
  /** `https://api.github.com`, `https://gitlab.example.com/api/v4`. */
  readonly apiUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Taken out of every message. */
  readonly token: string;
  readonly patience?: ForgePatience;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Where the next page is, if there is one. */
  readonly next: string | undefined;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** What passes by itself: too many requests, and a server that is not there for a moment. */
const passing: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/** Requests to one forge. Goes through the proxy that the environment names; sends the token to no other host. */
export class ForgeClient {
  private readonly connections = new EnvHttpProxyAgent();
  private readonly patience: Required<ForgePatience>;

  constructor(private readonly connection: ForgeConnection) {
    this.patience = {
      timeoutMs: 20_000,
      firstWaitMs: 1000,
      longestWaitMs: 120_000,
      retries: 4,
      ...connection.patience,
    };
  }

  /**
   * Asks for something, and again where that may help. A POST that a server failed at is not made again, since it may
   * have been done.
   * @throws ForgeError where there is no answer at all, or the forge asks for too long a wait
   */
  async ask(method: Method, path: string, body?: unknown): Promise<Answer> {
    const url = this.resolve(path);
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt >= this.patience.retries;
      const wait = this.patience.firstWaitMs * 2 ** attempt;
      const answer = await this.once(method, url, body).catch((error: unknown) => {
        if (last || method === 'POST' || error instanceof ForgeError) throw this.unreachable(url, error);
        return undefined;
      });
      if (answer === undefined) {
        await pause(wait);
        continue;
      }
      const limited = answer.limitedMs;
      const again = limited !== undefined || (passing.has(answer.status) && method !== 'POST');
      if (!again || last) return answer;
      if (limited !== undefined && limited > this.patience.longestWaitMs) {
        throw new ForgeError(
          `${url.host} takes no more requests for ${String(Math.ceil(limited / 1000))} s`,
          'run the job again later',
          answer.status,
        );
      }
      await pause(Math.min(limited ?? wait, this.patience.longestWaitMs));
    }
  }

  /** Every item of a list, page after page. */
  async all(path: string): Promise<Answer & { readonly items: readonly unknown[] }> {
    const items: unknown[] = [];
    let next: string | undefined = path;
    // A forge that names pages without end is not believed.
    for (let page = 0; page < 200; page += 1) {
      const answer: Answer = await this.ask('GET', next);
      if (answer.status !== 200 || !Array.isArray(answer.body)) return { ...answer, items };
      items.push(...(answer.body as unknown[]));
      next = answer.next;
      if (next === undefined) return { ...answer, items };
    }
    throw new ForgeError('the list of comments has no end', 'look at the pull request');
  }

  async close(): Promise<void> {
    await this.connections.close();
  }

  /** A message of a forge, without what nobody may read. */
  withoutToken(text: string): string {
    const { token } = this.connection;
    return token === '' ? text : text.replaceAll(token, '(token)');
  }

  private resolve(path: string): URL {
    const base = new URL(this.connection.apiUrl);
    const url = /^https?:/.test(path) ? new URL(path) : new URL(`${base.href.replace(/\/$/, '')}${path}`);
    if (url.origin === base.origin) return url;
    throw new ForgeError(
      `${base.host} sends to ${url.host}, which gets no token`,
      'check the address of the API',
    );
  }

  private async once(
    method: Method,
    url: URL,
    body: unknown,
  ): Promise<Answer & { readonly limitedMs?: number }> {
    let from = url;
    for (let redirects = 0; ; redirects += 1) {
      const {
        statusCode,
        headers,
        body: stream,
      } = await request(from, {
        method,
        dispatcher: this.connections,
        headersTimeout: this.patience.timeoutMs,
        bodyTimeout: this.patience.timeoutMs,
        headers: {
          ...this.connection.headers,
          'user-agent': 'tapline',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await stream.text();
      // A repository that was renamed.
      if ([301, 307, 308].includes(statusCode) && headers.location !== undefined && redirects < 3) {
        from = this.resolve(new URL(String(headers.location), from).href);
        continue;
      }
      const limitedMs = waitOf(statusCode, headers, text);
      return {
        status: statusCode,
        body: parsed(text),
        next: nextOf(headers.link),
        ...(limitedMs === undefined ? {} : { limitedMs }),
      };
    }
  }

  private unreachable(url: URL, error: unknown): ForgeError {
    if (error instanceof ForgeError) return error;
    const { code, message } = error as NodeJS.ErrnoException;
    return new ForgeError(
      this.withoutToken(`${url.host} does not answer (${code ?? message})`),
      'check the address of the API, the network and the proxy',
    );
  }
}

/**
 * How long to wait where a forge says that there were too many requests; undefined for any other answer.
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
function waitOf(
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  text: string,
): number | undefined {
  const limited =
    status === 429 ||
    (status === 403 &&
      (headers['retry-after'] !== undefined ||
        headers['x-ratelimit-remaining'] === '0' ||
        /rate limit/i.test(text)));
  if (!limited)
    return status === 503 && headers['retry-after'] !== undefined
      ? seconds(headers['retry-after'])
      : undefined;
  if (headers['retry-after'] !== undefined) return seconds(headers['retry-after']);
  const reset = headers['x-ratelimit-reset'] ?? headers['ratelimit-reset'];
  return reset === undefined ? 60_000 : Math.max(0, Number(reset) * 1000 - Date.now());
}

/** `Retry-After` is a number of seconds, or a date. */
function seconds(header: string | string[]): number {
  const text = String(header);
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(wait) ? 60_000 : Math.max(0, wait);
}

function nextOf(link: string | string[] | undefined): string | undefined {
  return /<([^>]+)>\s*;[^,]*\brel="?next"?/.exec(String(link ?? ''))?.[1];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
