/** From what was synthesized in memory to files on disk. */
export {
  type Input,
  InputError,
  locatorOf,
  lockFileOf,
  readEntry,
  readInput,
  selectPlatforms,
} from './entry';
export { exitCodeOf, FAILED, GATE_FAILED, tellFailure } from './failure';
export { type ReadOutput, readOutputs } from './read-output';
export { tuneForShortRun } from './short-run';
export { renderSourceMaps, type SourceLocator } from './source-map';
export type { OutputDocument, OutputFile, SourceEntry, Synthesized } from './synthesized';
export { colors, count, say, takesColor, useColor } from './terminal';
export { compareOutputs, ForeignFileError, type Output, writeOutputs, type WriteResult } from './writer';
