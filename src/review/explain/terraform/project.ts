import type { Advice } from './advice';

/** Projects and folders. */
export const project: Advice = {
  types: /^google_(project|folder)$/,
  lost: 'Everything in it is shut down, and deleted for good after 30 days; its id is never free again.',
  instead: 'make the new one beside it and move what is needed',
};
