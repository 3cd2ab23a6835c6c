import type { Advice } from './advice';

/** Sinks and buckets of logs. */
export const logging: Advice = {
  types: /^google_logging_/,
  lost: 'Logs in between go nowhere, and the new sink writes as another identity, which needs its grant again.',
  instead: 'add the new one under another name first',
};
