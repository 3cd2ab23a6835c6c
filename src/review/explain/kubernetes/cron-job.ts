import type { ObjectAdvice } from './advice';

/** Jobs by the clock. */
export const cronJob: ObjectAdvice = {
  kinds: ['CronJob'],
  lost: 'It is not started any more, and the Jobs that it has started go with it.',
};
