import { resolve } from 'node:path';
import packageJson from '../../../package.json';
import { renderCharts } from '../../../charts/render';
import type { Platform } from '../../model';
import {
  GATE_FAILED,
  type Input,
  InputError,
  readInput,
  readOutputs,
  say,
  selectPlatforms,
  type Synthesized,
  useColor,
} from '../../output';
import { judge, type Judged, type PolicyReport, renderSarif, renderText, reportAsJson } from '../../policy';
import { renderStacks } from '../../../stacks/render';

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
export function policy(options: PolicyOptions): void {
  const today = dayOf(options.today);
  const outputs = options.dir === undefined ? fromConfiguration(options) : fromFolder(options.dir, options);
  const report = judge(outputs, today);
  if (options.format === 'text') say(renderText(report));
  if (options.format === 'sarif') process.stdout.write(renderSarif(report, packageJson.version));
  if (options.format === 'json')
    process.stdout.write(`${JSON.stringify(reportAsJson(report), undefined, 2)}\n`);
  if (report.failed) process.exitCode = GATE_FAILED;
}

/** What synth asks before it writes anything. */
export function gate(
  input: Input,
  made: readonly {
    readonly platform: Platform;
    readonly stacks: Synthesized;
    readonly charts: Synthesized;
  }[],
  today: string | undefined,
): PolicyReport {
  return judge(
    made.map(({ platform, stacks, charts }) => judged(input, platform, stacks, charts)),
    dayOf(today),
  );
}

/** The only place that looks at the clock, and it decides about waivers alone. */
function dayOf(today: string | undefined): string {
  if (today === undefined) return new Date().toISOString().slice(0, 10);
  const date = new Date(`${today}T00:00:00Z`);
  if (
    !/^\d{4}-\d\d-\d\d$/.test(today) ||
    Number.isNaN(date.getTime()) ||
    !date.toISOString().startsWith(today)
  ) {
    throw new InputError(`--today: found ${today}, allowed a date such as 2027-03-31.`);
  }
  return today;
}

function fromConfiguration(options: PolicyOptions): Judged[] {
  const input = readInput(options.file ?? 'platform.yaml', { color: useColor });
  return selectPlatforms(input, options.environment).map((platform) =>
    judged(input, platform, renderStacks(input, platform), renderCharts(input, platform)),
  );
}

function judged(input: Input, platform: Platform, stacks: Synthesized, charts: Synthesized): Judged {
  const entries = [...stacks.sources, ...charts.sources];
  const origins = new Map(entries.map(({ unit, address, origin }) => [`${unit} ${address}`, origin]));
  const lineOf = (path: Platform['network']['origin']) => ({
    file: input.file,
    line: input.loaded.locate(path, platform.environment).line,
  });
  return {
    environment: platform.environment,
    documents: [...stacks.documents, ...charts.documents],
    production: platform.production,
    waivers: platform.waivers,
    placeOf: ({ unit, address, file }) => {
      const origin = origins.get(`${unit} ${address}`);
      return origin === undefined ? { file } : lineOf(origin);
    },
    placeOfWaiver: ({ origin }) => lineOf(origin),
  };
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
