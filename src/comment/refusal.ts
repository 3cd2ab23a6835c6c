import { type Answer, type ForgeClient, ForgeError } from './client';

/** How to mend what a forge refuses, by status. */
export interface Remedies {
  readonly 401: string;
  readonly 403: string;
  readonly 404: string;
}

/** Throws for an answer other than these. */
export function expectStatus(
  client: ForgeClient,
  answer: Answer,
  allowed: readonly number[],
  what: string,
  remedies: Remedies,
): void {
  if (allowed.includes(answer.status)) return;
  const fix =
    answer.status === 401 || answer.status === 403 || answer.status === 404
      ? remedies[answer.status]
      : answer.status >= 500 || answer.status === 429
        ? 'run the job again later'
        : 'look at what it says';
  throw new ForgeError(
    client.withoutToken(`${what}: refused with ${String(answer.status)}${reasonOf(answer.body)}`),
    fix,
    answer.status,
  );
}

/** What a forge says in the words that both of them use: `message`, and `errors` or `error`. */
function reasonOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const { message, error, errors } = body as Readonly<Record<string, unknown>>;
  const texts = [message, error, errors]
    .filter((part) => part !== undefined)
    .map((part) => (typeof part === 'string' ? part : JSON.stringify(part)));
  return texts.length === 0 ? '' : ` (${texts.join(', ').slice(0, 500)})`;
}
