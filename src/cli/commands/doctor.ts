import { spawnSync } from 'node:child_process';
import { deliveredSecrets, valuesIn } from '../../../charts/delivered-secrets';
import { renderCharts } from '../../../charts/render';
import {
  checkCluster,
  checkGoogle,
  checkTools,
  type ExpectedSecret,
  type Finding,
  type Run,
  type Verdict,
} from '../../doctor';
import type { Cluster, Platform } from '../../model';
import {
  colors,
  count,
  GATE_FAILED,
  type Input,
  InputError,
  readInput,
  say,
  selectPlatforms,
  useColor,
} from '../../output';
import { JSON_VERSION, printFailure, printJson } from '../json';

export interface DoctorOptions {
  readonly file: string;
  readonly environment?: string;
  /** Context of kubectl for the cluster. @default - the one that gcloud makes for each */
  readonly context?: string;
  /** Looks at this cluster alone. @default - at all */
  readonly cluster?: string;
  readonly json?: true;
}

/** Looks at everything around a platform and changes nothing; exit code 3 where something is not as it must be. */
export function doctor(options: DoctorOptions, run: Run = runCommand): void {
  try {
    const input = readInput(options.file, { color: useColor });
    const platforms = selectPlatforms(input, options.environment);
    const tools = checkTools(run, process.versions.node);
    report(options, [
      { environment: null, findings: tools },
      ...platforms.map((platform) => ({
        environment: platform.environment,
        findings: [
          ...checkGoogle(run, { project: platform.project, stateBucket: platform.stateBucket.name }),
          ...clustersOf(platform, platforms, options).flatMap((cluster) =>
            checkCluster(run, expectedOf(input, platform, cluster, options)),
          ),
        ],
      })),
    ]);
  } catch (error) {
    if (options.json === true) printFailure(options.file, error);
    throw error;
  }
}

function clustersOf(
  platform: Platform,
  platforms: readonly Platform[],
  options: DoctorOptions,
): readonly Cluster[] {
  const { clusters } = platform;
  if (options.cluster !== undefined) {
    const named = clusters.filter(({ key, name }) => [key, name].includes(options.cluster ?? ''));
    if (named.length === 0) {
      throw new InputError(
        `--cluster: found ${options.cluster}, allowed ${clusters.map(({ key }) => key).join(', ')}.`,
      );
    }
    return named;
  }
  if (options.context !== undefined && clusters.length * platforms.length > 1) {
    throw new InputError(
      '--context is for one cluster: name it by --cluster, and its environment by --environment.',
    );
  }
  return clusters;
}

function expectedOf(input: Input, platform: Platform, cluster: Cluster, { context }: DoctorOptions) {
  const here = <T extends { readonly cluster: string }>(list: readonly T[]) =>
    list.filter((one) => one.cluster === cluster.key);
  return {
    cluster,
    project: platform.project,
    context,
    namespaces: here(platform.namespaces),
    operators: here(platform.operators),
    documents: renderCharts(input, platform).documents.filter(({ unit }) => unit === cluster.key),
    secrets: secretsOf(platform, cluster),
  };
}

/** With the add-on, Kubernetes holds none. */
function secretsOf(platform: Platform, cluster: Cluster): ExpectedSecret[] {
  if (platform.secretDelivery === 'addon') return [];
  const fix =
    platform.secretDelivery === 'manual'
      ? `run what dist/${cluster.key}/20-secrets.md shows`
      : 'look at the conditions of the ExternalSecret of that name; its value must be in Secret Manager';
  return deliveredSecrets(platform, cluster).map(({ secret, namespace }) => ({
    name: secret.key,
    namespace,
    keys: valuesIn(secret, namespace).map(({ key }) => key),
    isShared: secret.values.every((value) => value.namespace === null),
    fix,
  }));
}

const marks: Readonly<Record<Verdict, string>> = {
  ok: colors.green('✔'),
  warning: colors.yellow('!'),
  failed: colors.red('✖'),
  skipped: colors.dim('–'),
};

function report(
  { file, json }: DoctorOptions,
  groups: readonly { readonly environment: string | null; readonly findings: readonly Finding[] }[],
): void {
  const all = groups.flatMap(({ findings }) => findings);
  const failed = all.filter(({ verdict }) => verdict === 'failed').length;
  const open = all.filter(({ verdict }) => verdict === 'warning' || verdict === 'skipped').length;
  if (json === true) {
    printJson({
      version: JSON_VERSION,
      file,
      healthy: failed === 0,
      findings: groups.flatMap(({ environment, findings }) =>
        findings.map(({ area, id, verdict, text, fix }) => ({
          environment,
          area,
          id,
          verdict,
          text,
          fix: fix ?? null,
        })),
      ),
    });
  }
  for (const { environment, findings } of groups) {
    for (const area of new Set(findings.map((finding) => finding.area))) {
      say(colors.bold(environment === null ? area : `${environment}: ${area}`));
      for (const finding of findings.filter((one) => one.area === area)) {
        say(`  ${marks[finding.verdict]} ${finding.text}`);
        if (finding.fix !== undefined) say(`      ${colors.dim('fix')}  ${finding.fix}`);
      }
    }
  }
  say();
  const rest = open === 0 ? '' : `; ${count(open, 'thing')} to look at`;
  say(
    failed === 0
      ? `${colors.green('✔')} Nothing stands in the way${rest}.`
      : `${colors.red('✖')} ${count(failed, 'thing')} to mend${rest}.`,
  );
  if (failed > 0) process.exitCode = GATE_FAILED;
}

/** Runs a program with what this one was given; a minute is enough for each. */
function runCommand(command: string, args: readonly string[], input = '') {
  const result = spawnSync(command, args, { encoding: 'utf8', input, timeout: 60_000, maxBuffer: 1 << 26 });
  const isMissing = (result.error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
  return {
    status: isMissing ? null : (result.status ?? 1),
    stdout: result.stdout,
    stderr: result.stderr === '' ? (result.error?.message ?? '') : result.stderr,
  };
}
