import type { Platform } from '../src/model';
import { type Input, locatorOf, type OutputFile, renderSourceMaps } from '../src/output';
import { synthStacks } from './synth';

/** Every file of `cdktf.out` for one platform. */
export function renderStacks(input: Input, platform: Platform): { files: OutputFile[]; resources: number } {
  const { files, sources, resources } = synthStacks(platform);
  return { files: [...files, ...renderSourceMaps(sources, locatorOf(input, platform))], resources };
}
