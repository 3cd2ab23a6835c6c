import { resolve } from 'node:path';
import packageJson from '../../../package.json';
import {
  GATE_FAILED,
  InputError,
  readInput,
  readOutputs,
  say,
  selectPlatforms,
  useColor,
} from '../../output';
import { judge, type Judged, renderSarif, renderText, reportAsJson } from '../../policy';
import { dayOf, judged } from '../gate';

export interface PolicyOptions {
  /** The configuration; with a folder, only its waivers are read. */
  readonly file?: string;
  readonly environment?: string;
  /** An output folder, ours or anybody's. @default - the configuration is synthesized in memory */
  readonly dir?: string;
  readonly format: 'text' | 'sarif' | 'json';
  /** `YYYY-MM-DD`. @default - the day of the clock, UTC */
  readonly today?: string;
}

/** Judges a configuration, or an output folder, by the policy; fails with 3 where something is not accepted. */
export async function policy(options: PolicyOptions): Promise<void> {
  const today = dayOf(options.today);
  const outputs =
    options.dir === undefined ? await fromConfiguration(options) : fromFolder(options.dir, options);
  const report = judge(outputs, today);
  if (options.format === 'text') say(renderText(report));
  if (options.format === 'sarif') process.stdout.write(renderSarif(report, packageJson.version));
  if (options.format === 'json')
    process.stdout.write(`${JSON.stringify(reportAsJson(report), undefined, 2)}\n`);
  if (report.failed) process.exitCode = GATE_FAILED;
}

/** Loads cdktf and cdk8s, which a folder needs neither of. */
async function fromConfiguration(options: PolicyOptions): Promise<Judged[]> {
  const { renderStacks } = await import('../../../stacks/render.js');
  const { renderCharts } = await import('../../../charts/render.js');
  const input = readInput(options.file ?? 'platform.yaml', { color: useColor });
  return selectPlatforms(input, options.environment).map((platform) =>
    judged(input, platform, renderStacks(input, platform), renderCharts(input, platform)),
  );
}

/** With a configuration named as well, its waivers count, and it says which environments are for production. */
function fromFolder(dir: string, options: PolicyOptions): Judged[] {
  const input = options.file === undefined ? undefined : readInput(options.file, { color: useColor });
  const outputs = readOutputs(resolve(dir)).filter(
    ({ environment }) => options.environment === undefined || environment === options.environment,
  );
  if (outputs.length === 0) {
    throw new InputError(`${dir} holds no environment '${String(options.environment)}'.`);
  }
  return outputs.map(({ environment, documents, locate }) => {
    const platform = input?.platforms.find((one) => one.environment === environment);
    return {
      environment,
      documents,
      production: platform?.production,
      waivers: platform?.waivers ?? [],
      placeOf: ({ unit, address, file }) => locate(unit, address) ?? { file },
      placeOfWaiver: ({ origin }) => ({
        file: input?.file ?? dir,
        ...(input === undefined ? {} : { line: input.loaded.locate(origin, environment).line }),
      }),
    };
  });
}
