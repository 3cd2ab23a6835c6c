import type { ConfigPath } from '../../config/problem';
import type { Platform } from '../platform';

/** A key that was renamed in a map of the configuration. */
export interface RenamedKey {
  /** Path of the map. */
  readonly section: ConfigPath;
  readonly from: string;
  readonly to: string;
}

/** Keys that were renamed. The platform that has them goes by the keys as they were, so that every name is kept. */
export interface Renames {
  readonly keys: readonly RenamedKey[];
  /** The platform by the keys as they are: Terraform's addresses are taken from it. */
  readonly platform: Platform;
}
