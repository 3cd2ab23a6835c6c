import { Agent, type Dispatcher, EnvHttpProxyAgent, RetryAgent } from 'undici';

/** How patient it is, in milliseconds. */
export interface Patience {
  /** To connect, and for each answer. @default 20000 */
  readonly timeoutMs?: number;
  /** Before the first repetition; each further one waits twice as long. @default 500 */
  readonly firstWaitMs?: number;
  /** The longest wait, also where the registry asks for a longer one. @default 30000 */
  readonly longestWaitMs?: number;
  /** How often a request is made again. @default 4 */
  readonly retries?: number;
}

/**
 * Connections that survive a bad minute: what a registry cannot answer now (429, 500, 502, 503, 504, a connection that
 * breaks) is asked again, after the time that `Retry-After` names. Goes through the proxy that the environment names.
 */
export function patientConnections(environment: NodeJS.ProcessEnv, patience: Patience = {}): Dispatcher {
  const timeout = patience.timeoutMs ?? 20_000;
  const options = { connect: { timeout }, headersTimeout: timeout, bodyTimeout: timeout };
  const proxied = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some(
    (name) => (environment[name] ?? '') !== '',
  );
  return new RetryAgent(proxied ? new EnvHttpProxyAgent(options) : new Agent(options), {
    maxRetries: patience.retries ?? 4,
    minTimeout: patience.firstWaitMs ?? 500,
    maxTimeout: patience.longestWaitMs ?? 30_000,
    timeoutFactor: 2,
    methods: ['GET', 'HEAD'],
    // A host that does not exist is not waited for: mostly its name is misspelt.
    errorCodes: [
      'EAI_AGAIN',
      'ECONNREFUSED',
      'ECONNRESET',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'EPIPE',
      'ETIMEDOUT',
      'UND_ERR_CONNECT_TIMEOUT',
      'UND_ERR_SOCKET',
    ],
  });
}
