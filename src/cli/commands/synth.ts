import { join, resolve } from 'node:path';
import { renderCharts } from '../../../charts/render';
import { type Platform, usedImages } from '../../model';
import {
  colors,
  compareOutputs,
  count,
  GATE_FAILED,
  type Input,
  lockFileOf,
  type Output,
  readInput,
  say,
  selectPlatforms,
  useColor,
  writeOutputs,
  type WriteResult,
} from '../../output';
import { type PolicyReport, renderText, reportAsJson, summary } from '../../policy';
import { renderStacks } from '../../../stacks/render';
import { gate } from '../gate';
import { JSON_VERSION, printFailure, printJson } from '../json';
import { type Deployable, nextSteps } from '../next-steps';
import { shown } from '../shown';

/** What was made for one environment. */
interface Made extends Deployable {
  readonly stacks: readonly string[];
  readonly resources: number;
  readonly charts: readonly string[];
  readonly objects: number;
  readonly terraform: WriteResult;
  readonly manifests: WriteResult;
}

export interface SynthOptions {
  readonly file: string;
  readonly environment?: string;
  readonly out?: string;
  readonly json?: true;
  /** The day on which waivers are judged. @default - the day of the clock */
  readonly today?: string;
  /** Only compares what is there with what would be made. */
  readonly check?: true;
}

/** Writes the Terraform JSON and the manifests of every environment, or of the named one. */
export function synth(options: SynthOptions): void {
  try {
    make(options);
  } catch (error) {
    if (options.json === true) printFailure(options.file, error);
    throw error;
  }
}

function make(options: SynthOptions): void {
  const input = readInput(options.file, { color: useColor });
  const platforms = selectPlatforms(input, options.environment);
  const out = resolve(options.out ?? input.folder);
  // Everything is made in memory before the first file is touched.
  const rendered = platforms.map((platform) => {
    const folder = platform.environment === null ? out : join(out, platform.environment);
    return {
      platform,
      stacks: { folder: join(folder, 'cdktf.out'), ...renderStacks(input, platform) },
      charts: { folder: join(folder, 'dist'), ...renderCharts(input, platform) },
    };
  });
  const report = gate(input, rendered, options.today);
  if (report.failed) {
    if (options.json === true) {
      printJson({
        version: JSON_VERSION,
        file: options.file,
        environments: [],
        policy: reportAsJson(report),
      });
    }
    say(renderText(report, ['error']));
    say('Nothing was written. Mend it, or waive it in policy.waivers.');
    process.exitCode = GATE_FAILED;
    return;
  }
  const outputs = rendered.flatMap(({ stacks, charts }) => [stacks, charts]);
  if (options.check === true) {
    checkWritten(options, outputs);
    return;
  }
  const written = writeOutputs(outputs);
  const made = rendered.map(({ platform, stacks, charts }, i): Made => {
    const [terraform, manifests] = written.slice(2 * i, 2 * i + 2);
    if (terraform === undefined || manifests === undefined) throw new Error('an output was not written');
    return {
      platform,
      stacks: unitsOf(stacks.files, /^stacks\/([^/]+)\/cdk\.tf\.json$/),
      resources: stacks.resources,
      charts: unitsOf(charts.files, /\/\d+-([^/]+)\.k8s\.yaml$/),
      objects: charts.resources,
      cdktfOut: stacks.folder,
      dist: charts.folder,
      terraform,
      manifests,
    };
  });
  if (options.json === true) printMade(options.file, made);
  made.forEach((one) => {
    summarize(one);
  });
  tellPolicy(report);
  tellImages(input, platforms);
  tellNext(input, made);
}

/** Fails with 3 where a file is not what the configuration makes of it: somebody forgot to commit, or wrote by hand. */
function checkWritten({ file, json }: SynthOptions, outputs: readonly Output[]): void {
  const stale = compareOutputs(outputs).flatMap(({ created, changed, removed }, at) => {
    const told = (paths: readonly string[], why: string) =>
      paths.map((path) => ({ file: shown(join(outputs[at]?.folder ?? '', path)), why }));
    return [...told(created, 'missing'), ...told(changed, 'different'), ...told(removed, 'no longer made')];
  });
  if (json === true) printJson({ version: JSON_VERSION, file, fresh: stale.length === 0, stale });
  for (const one of stale) say(`${colors.red('✖')} ${one.file} ${colors.dim(one.why)}`);
  if (stale.length === 0) {
    say(
      `${colors.green('✔')} ${count(outputs.flatMap(({ files }) => files).length, 'file')} are what ${file} makes of them.`,
    );
    return;
  }
  say(`${count(stale.length, 'file')} to bring up to date: tapline synth --file ${file}`);
  process.exitCode = GATE_FAILED;
}

function unitsOf(files: readonly { readonly path: string }[], pattern: RegExp): string[] {
  return files.flatMap(({ path }) => pattern.exec(path)?.[1] ?? []);
}

function summarize(made: Made): void {
  const { platform } = made;
  const environment = platform.environment === null ? '' : ` ${platform.environment}`;
  say(
    `${colors.green('✔')} ${colors.bold(`${platform.name}${environment}`)} in ${platform.project}, ${platform.region}`,
  );
  say(
    `  ${count(made.stacks.length, 'stack').padEnd(9)} ${count(made.resources, 'resource').padEnd(14)} ${colors.cyan(shown(made.cdktfOut))}  ${colors.dim(changes(made.terraform))}`,
  );
  say(`            ${colors.dim(made.stacks.join(', '))}`);
  say(
    `  ${count(made.charts.length, 'chart').padEnd(9)} ${count(made.objects, 'object').padEnd(14)} ${colors.cyan(shown(made.dist))}  ${colors.dim(changes(made.manifests))}`,
  );
  say(`            ${colors.dim(made.charts.join(', '))}`);
}

function changes(result: WriteResult): string {
  const parts = [
    result.created.length > 0 ? `${result.created.length} new` : '',
    result.changed.length > 0 ? `${result.changed.length} changed` : '',
    result.removed.length > 0 ? `${result.removed.length} removed` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '(no file changed)' : `(files: ${parts.join(', ')})`;
}

function tellPolicy(report: PolicyReport): void {
  const open = report.findings.some(
    ({ rule, waiver }) => rule.severity === 'warning' && waiver === undefined,
  );
  if (!open && report.unused.length === 0) return;
  say();
  say(`${colors.yellow('!')} ${summary(report)}. They are told by: tapline policy`);
}

function tellImages(input: Input, platforms: readonly Platform[]): void {
  const unpinned = new Set(
    platforms.flatMap((platform) =>
      usedImages(platform).flatMap(({ pinned, reference }) => (pinned ? [] : [reference])),
    ),
  );
  if (unpinned.size === 0) return;
  say();
  say(
    `${colors.yellow('!')} ${count(unpinned.size, 'image')} without a digest: what runs can change under its tag. Write the digests to ${shown(lockFileOf(input.folder))} by: tapline images lock`,
  );
  for (const reference of [...unpinned].sort()) say(`    ${colors.dim(reference)}`);
}

function tellNext(input: Input, made: readonly Deployable[]): void {
  const [first, ...others] = made;
  if (first === undefined) return;
  say();
  const environment = String(first.platform.environment);
  say(colors.bold(others.length > 0 ? `Next, for ${environment} and then the others` : 'Next'));
  nextSteps(input.file, first).forEach(({ command, why }, i) => {
    say(`  ${i + 1}. ${command}`);
    say(`     ${colors.dim(why)}`);
  });
}

function printMade(file: string, made: readonly Made[]): void {
  printJson({
    version: JSON_VERSION,
    file,
    environments: made.map((one) => ({
      name: one.platform.environment,
      terraform: { folder: one.cdktfOut, stacks: one.stacks, resources: one.resources, files: one.terraform },
      kubernetes: { folder: one.dist, charts: one.charts, objects: one.objects, files: one.manifests },
    })),
  });
}
