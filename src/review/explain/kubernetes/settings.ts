import type { ObjectAdvice } from './advice';

/** What pods read. */
export const settings: ObjectAdvice = {
  kinds: ['ConfigMap', 'Secret'],
  lost: 'Pods that need it do not start again.',
  anew: () => 'Give it a new name and let the pods use that; then they also start anew with it.',
};
