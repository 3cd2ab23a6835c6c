import { type DecidedInCode, numberAt } from './decision';

const sizes: Readonly<Record<string, string>> = {
  google_sql_database_instance: 'settings.disk_size',
  google_compute_disk: 'size',
  google_compute_region_disk: 'size',
};

/** Disks grow in place and never shrink. */
export const diskShrinks: DecidedInCode = {
  types: Object.keys(sizes),
  forcedByUnknown: Object.values(sizes),
  decide: (before, after) => {
    const type = Object.entries(sizes).find(([, path]) => numberAt(before, path) !== undefined);
    if (type === undefined) return undefined;
    const [from, to] = [numberAt(before, type[1]), numberAt(after, type[1])];
    if (from === undefined || to === undefined || to >= from) return undefined;
    return { forces: [type[1]], because: `a disk cannot shrink from ${String(from)} to ${String(to)} GB` };
  },
};
