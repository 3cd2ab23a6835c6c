import { FAILED, readEntry, tellFailure, writeOutput } from '../src/output';
import { renderStacks } from './render';

// What `cdktf synth` runs: it names the output folder by CDKTF_OUTDIR.
try {
  const { input, platform } = readEntry(process.env, process.argv[2] ?? 'platform.yaml');
  writeOutput(process.env.CDKTF_OUTDIR ?? 'cdktf.out', renderStacks(input, platform).files);
} catch (error) {
  tellFailure(error);
  process.exitCode = FAILED;
}
