import { FAILED, readEntry, tellFailure, tuneForShortRun, writeOutputs } from '../src/output';
import { renderCharts } from './render';

tuneForShortRun();

// What `cdk8s synth` runs: it names the output folder by CDK8S_OUTDIR.
try {
  const { input, platform } = readEntry(process.env, process.argv[2] ?? 'platform.yaml');
  const folder = process.env.CDK8S_OUTDIR ?? 'dist';
  writeOutputs([{ folder, files: renderCharts(input, platform).files }]);
} catch (error) {
  tellFailure(error);
  process.exitCode = FAILED;
}
