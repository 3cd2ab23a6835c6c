import type { Advice } from './advice';

/** Composer environments. */
export const composer: Advice = {
  types: /^google_composer_environment$/,
  lost: 'Its Airflow stops, with its history, connections and variables; the new one takes about half an hour.',
  instead: 'make the new environment beside it, load a snapshot into it, and take the old one away later',
};
