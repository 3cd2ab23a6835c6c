import { FAILED, readEntry, tellFailure, tuneForShortRun, writeOutputs } from '../src/output';
import { renderStacks } from './render';

tuneForShortRun();

// What `cdktf synth` runs: it names the output folder by CDKTF_OUTDIR.
try {
  const { input, platform } = readEntry(process.env, process.argv[2] ?? 'platform.yaml');
  const folder = process.env.CDKTF_OUTDIR ?? 'cdktf.out';
  writeOutputs([{ folder, files: renderStacks(input, platform).files }]);
} catch (error) {
  tellFailure(error);
  process.exitCode = FAILED;
}
