import type { ObjectAdvice } from './advice';

/** Pods that nothing starts again. */
export const pod: ObjectAdvice = {
  kinds: ['Pod'],
  lost: 'What runs in it stops, and nothing starts it again.',
  anew: () =>
    'Of a pod that is there only images and added tolerations change. Let a Deployment or a Job make it.',
};
