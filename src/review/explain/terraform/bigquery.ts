import type { Advice } from './advice';

/** Datasets and tables of BigQuery. */
export const bigquery: Advice = {
  types: /^google_bigquery_(dataset|table)$/,
  lost: 'Its rows are deleted, and grants on it have to be made again; a table can be had back for seven days only, by time travel.',
  instead: 'make the new one under another name, copy the rows (bq cp), and take the old one away later',
};
