import { FAILED, readEntry, tellFailure, writeOutput } from '../src/output';
import { renderCharts } from './render';

// What `cdk8s synth` runs: it names the output folder by CDK8S_OUTDIR.
try {
  const { input, platform } = readEntry(process.env, process.argv[2] ?? 'platform.yaml');
  writeOutput(process.env.CDK8S_OUTDIR ?? 'dist', renderCharts(input, platform).files);
} catch (error) {
  tellFailure(error);
  process.exitCode = FAILED;
}
