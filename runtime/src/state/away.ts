/**
 * The store cannot be reached just now, or has no time: what was asked may be asked again.
 *
 * Everything else that goes wrong with a store does not mend itself.
 */
export class StoreAway extends Error {
  constructor(store: string, cause: unknown) {
    super(`${store} cannot be reached: ${reasonOf(cause)}`, { cause });
  }
}

/** Codes of the system and of Node's own client for a connection that did not come about or broke. */
const network = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/** Whether a failure is one of the network: a connection that was refused, broken, or not made in time. */
export function isNetworkFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, name, cause } = error as NodeJS.ErrnoException;
  if (code !== undefined && network.has(code)) return true;
  if (name === 'TimeoutError' || name === 'AbortError') return true;
  if (error instanceof AggregateError) return error.errors.some(isNetworkFailure);
  return isNetworkFailure(cause);
}

/** Whether an answer says that it may be asked again: too much, too slow, or a fault of the service. */
export function isBusyStatus(status: number | undefined): boolean {
  return status !== undefined && (status === 408 || status === 429 || status >= 500);
}

/** The reason in one line; an error of several addresses has no message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join(', ');
  if (!(error instanceof Error)) return String(error);
  const { code, message, name } = error as NodeJS.ErrnoException;
  const text = message === '' ? (code ?? name) : message;
  return text.split('\n')[0] ?? '';
}
