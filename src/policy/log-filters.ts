import type { Expectation } from './attributes';
import { textOf } from './tree';

/** What every entry fulfils: nothing at all, or a severity of at least the lowest. */
const everything = /^\s*(|severity\s*>=\s*"?(DEFAULT|0)"?|timestamp\s*>=?\s*"?\d{4}.*)\s*$/i;

/** A filter that leaves something out. */
export const choosing: Expectation = {
  wanted: 'a filter that leaves something out',
  accepts: (value) => !everything.test(textOf(value)),
};

/** Whether a filter of an exclusion is about audit logs, in whatever way it names them. */
export function isAboutAuditLogs(filter: string): boolean {
  return /cloudaudit(\.googleapis\.com|(%25|%)2F|%)|protoPayload\.(?:@type|"@type")\s*[:=]\s*"?[^\s"]*AuditLog/i.test(
    filter,
  );
}
