import { at, type DecidedInCode } from './decision';

/** What a transfer reads, and the table that it writes, are fixed for transfers from files. */
const fixed: Readonly<Record<string, readonly string[]>> = {
  google_cloud_storage: ['data_path_template', 'destination_table_name_template'],
  amazon_s3: ['data_path', 'destination_table_name_template'],
};

export const transferParams: DecidedInCode = {
  types: ['google_bigquery_data_transfer_config'],
  decide: (before, after) => {
    const changed = (fixed[String(after.data_source_id)] ?? []).filter((key) => {
      const [from, to] = [at(before, `params.${key}`), at(after, `params.${key}`)];
      return from !== undefined && to !== undefined && from !== to;
    });
    return changed.length === 0
      ? undefined
      : { forces: ['params'], because: `${changed.join(', ')} cannot change in a transfer` };
  },
};
