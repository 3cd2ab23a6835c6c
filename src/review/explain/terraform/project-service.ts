import type { Advice } from './advice';

/** APIs of a project. */
export const projectService: Advice = {
  types: /^google_project_service$/,
  lost: 'The API is switched off for the whole project where disable_on_destroy is not false, and what runs on it stops.',
  instead: 'set `disable_on_destroy = false`',
};
