import type { Platform } from '../src/model';
import { type Input, locatorOf, renderSourceMaps, type Synthesized } from '../src/output';
import { synthStacks } from './synth';

/** Every file of `cdktf.out` for one platform. */
export function renderStacks(input: Input, platform: Platform): Synthesized {
  const made = synthStacks(platform);
  return { ...made, files: [...made.files, ...renderSourceMaps(made.sources, locatorOf(input, platform))] };
}
