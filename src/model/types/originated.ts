import type { ConfigPath } from '../../config/problem';

/** Everything in a Platform knows the place in the configuration that asks for it. */
export interface Originated {
  /** Where the configuration asks for this; the review and `tapline.map.json` point there. */
  readonly origin: ConfigPath;
}
