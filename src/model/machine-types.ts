/**
 * What Compute Engine's machine series take, as far as a node pool can ask for it wrongly.
 *
 * Data, not looked up: a configuration is checked without the network. Series that are not listed are not judged.
 * Source: Google Cloud's machine families guide, as of November 2026.
 * @see https://cloud.google.com/compute/docs/machine-resource
 * @see https://cloud.google.com/compute/docs/disks/local-ssd#machine-series-lssd
 */
const hyperdiskOnly = new Set(['c4', 'c4a', 'c4d', 'n4', 'n4a', 'n4d']);
const persistentDiskOnly = new Set(['c2', 'c2d', 'e2', 'f1', 'g1', 'n1', 'n2', 'n2d', 't2a', 't2d']);
const withoutLocalSsd = new Set(['e2', 'f1', 'g1', 'n4', 'n4a', 'n4d', 't2a', 't2d']);

/** The series of a machine type: `e2` of `e2-standard-4`. */
export function seriesOf(machineType: string): string {
  return machineType.split('-')[0] ?? '';
}

/** Whether its boot disk must be a Hyperdisk. */
export function needsHyperdisk(machineType: string): boolean {
  return hyperdiskOnly.has(seriesOf(machineType));
}

/** Whether its boot disk may be of a type. */
export function takesDisk(machineType: string, diskType: string): boolean {
  const series = seriesOf(machineType);
  return diskType.startsWith('hyperdisk-') ? !persistentDiskOnly.has(series) : !hyperdiskOnly.has(series);
}

/** Whether it may have local SSDs. */
export function takesLocalSsd(machineType: string): boolean {
  return !withoutLocalSsd.has(seriesOf(machineType));
}
