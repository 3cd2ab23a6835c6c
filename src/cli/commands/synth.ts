import { join, relative, resolve } from 'node:path';
import { renderCharts } from '../../../charts/render';
import type { Platform } from '../../model';
import {
  colors,
  count,
  GATE_FAILED,
  type Input,
  readInput,
  say,
  selectPlatforms,
  useColor,
  writeOutput,
  type WriteResult,
} from '../../output';
import { type PolicyReport, renderText, reportAsJson, summary } from '../../policy';
import { renderStacks } from '../../../stacks/render';
import { gate } from './policy';

/** Version of the JSON that synth prints. */
const JSON_VERSION = 1;

/** What was made for one environment. */
interface Made {
  readonly platform: Platform;
  readonly stacks: readonly string[];
  readonly resources: number;
  readonly charts: readonly string[];
  readonly objects: number;
  readonly cdktfOut: string;
  readonly dist: string;
  readonly terraform: WriteResult;
  readonly manifests: WriteResult;
}

/** Writes the Terraform JSON and the manifests of every environment, or of the named one. */
export function synth(options: {
  readonly file: string;
  readonly environment?: string;
  readonly out?: string;
  readonly json?: true;
  /** The day on which waivers are judged. @default - the day of the clock */
  readonly today?: string;
}): void {
  const input = readInput(options.file, { color: useColor });
  const platforms = selectPlatforms(input, options.environment);
  const out = resolve(options.out ?? input.folder);
  // Everything is made in memory before the first file is touched.
  const rendered = platforms.map((platform) => ({
    platform,
    stacks: renderStacks(input, platform),
    charts: renderCharts(input, platform),
  }));
  const report = gate(input, rendered, options.today);
  if (report.failed) {
    if (options.json === true) printRefusal(options.file, report);
    say(renderText(report, ['error']));
    say('Nothing was written. Mend it, or waive it in policy.waivers.');
    process.exitCode = GATE_FAILED;
    return;
  }
  const made = rendered.map(({ platform, stacks, charts }): Made => {
    const folder = platform.environment === null ? out : join(out, platform.environment);
    const [cdktfOut, dist] = [join(folder, 'cdktf.out'), join(folder, 'dist')];
    return {
      platform,
      stacks: unitsOf(stacks.files, /^stacks\/([^/]+)\/cdk\.tf\.json$/),
      resources: stacks.resources,
      charts: unitsOf(charts.files, /\/\d+-([^/]+)\.k8s\.yaml$/),
      objects: charts.resources,
      cdktfOut,
      dist,
      terraform: writeOutput(cdktfOut, stacks.files),
      manifests: writeOutput(dist, charts.files),
    };
  });

  if (options.json === true) printJson(options.file, made);
  made.forEach((one) => {
    summarize(one);
  });
  tellPolicy(report);
  tellImages(input, platforms);
  tellNext(made);
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
    platforms.flatMap(imagesOf).filter((reference) => !reference.includes('@sha256:')),
  );
  if (unpinned.size === 0) return;
  say();
  say(
    `${colors.yellow('!')} ${count(unpinned.size, 'image')} without a digest: what runs can change under its tag. Write the digests to ${shown(join(input.folder, 'images.lock'))}.`,
  );
  for (const reference of [...unpinned].sort()) say(`    ${colors.dim(reference)}`);
}

function imagesOf(platform: Platform): string[] {
  return [
    ...platform.databases.flatMap(({ bootstrap }) =>
      bootstrap === null ? [] : [bootstrap.image.reference, bootstrap.proxyImage.reference],
    ),
    ...platform.airflow.flatMap((airflow) => [
      airflow.image.reference,
      airflow.database.proxyImage.reference,
      ...(airflow.dags.kind === 'git' ? [airflow.gitSyncImage.reference] : []),
    ]),
    ...platform.meltano.flatMap((meltano) => [
      meltano.image.reference,
      ...(meltano.database === null ? [] : [meltano.database.proxyImage.reference]),
    ]),
  ];
}

function tellNext(made: readonly Made[]): void {
  const [first, ...others] = made;
  if (first === undefined) return;
  const environment = first.platform.environment;
  const prefix = environment === null ? '' : `TAPLINE_ENVIRONMENT=${environment} `;
  say();
  say(colors.bold(others.length > 0 ? `Next, for ${String(environment)} and then the others` : 'Next'));
  say(`  1. read what was made, and commit platform.yaml`);
  say(
    `  2. ${prefix}npx cdktf deploy '*'   ${colors.dim('# or terraform in each folder of cdktf.out/stacks')}`,
  );
  say(`  3. kubectl apply --server-side -R -f ${shown(first.dist)}`);
}

function printJson(file: string, made: readonly Made[]): void {
  const result = {
    version: JSON_VERSION,
    file,
    environments: made.map((one) => ({
      name: one.platform.environment,
      terraform: { folder: one.cdktfOut, stacks: one.stacks, resources: one.resources, files: one.terraform },
      kubernetes: { folder: one.dist, charts: one.charts, objects: one.objects, files: one.manifests },
    })),
  };
  process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
}

function printRefusal(file: string, report: PolicyReport): void {
  const result = { version: JSON_VERSION, file, environments: [], policy: reportAsJson(report) };
  process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
}

/** As short as people would type it. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short === '' ? '.' : short.startsWith('..') ? path : short;
}
