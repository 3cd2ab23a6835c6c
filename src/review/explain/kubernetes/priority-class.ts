import type { ObjectAdvice } from './advice';

/** Who has to make room for whom. */
export const priorityClass: ObjectAdvice = {
  kinds: ['PriorityClass'],
  lost: 'Pods that name it cannot be made any more.',
  anew: () => 'Make a class with a new name, let the pods name it, and take the old one away later.',
};
