import type { Platform } from '../src/model';
import { type Input, locatorOf, renderSourceMaps, type Synthesized } from '../src/output';
import { synthCharts } from './synth';

/** kubectl reads every JSON file of a folder as an object: as an empty list, the map says nothing to it. */
const emptyList = { apiVersion: 'v1', kind: 'List', items: [] };

/** Every file of `dist` for one platform. */
export function renderCharts(input: Input, platform: Platform): Synthesized {
  const made = synthCharts(platform);
  const maps = renderSourceMaps(made.sources, locatorOf(input, platform), emptyList);
  return { ...made, files: [...made.files, ...maps] };
}
