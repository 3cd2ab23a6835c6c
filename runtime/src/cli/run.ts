import type { Command } from 'commander';
import { exitCode } from '../problem';
import type { RunOptions } from '../run/context';
import { runByMeltano } from '../run/meltano';
import type { Engine } from '../run/result';
import { describePlan, runTasks } from '../run/runner';
import { withSession } from '../run/session';
import { printResult, resultFile, writeResult } from '../run/xcom';
import { Progress } from '../telemetry/progress';
import { startTelemetry } from '../telemetry/telemetry';
import { randomUuid } from '../uuid';
import type { Host } from './host';
import { openProject } from './open';
import { isSet, type ProjectFlags, usage, withProjectFlags } from './options';

interface Flags extends ProjectFlags {
  readonly dryRun?: boolean;
  readonly fullRefresh?: boolean;
  readonly refreshCatalog?: boolean;
  /** `false` is `--no-state-update`. */
  readonly stateUpdate: boolean;
  readonly force?: boolean;
  readonly count?: boolean;
  readonly stateIdSuffix?: string;
  readonly mergeState?: boolean;
  readonly stateStrategy?: string;
  readonly runId?: string;
  readonly timeout?: string;
  readonly result?: string;
  readonly engine?: string;
}

const engines = ['native', 'meltano'] as const satisfies readonly Engine[];
const strategies = ['auto', 'merge', 'overwrite'] as const;

/** `tapline-run run`. */
export function addRun(program: Command, host: Host, setExitCode: (code: number) => void): void {
  withProjectFlags(program.command('run'))
    .description('run taps into targets, and commands of plugins, one after the other')
    .argument('[tasks...]', 'a tap, its mappings and a target; plugin:command; a job')
    .option('--dry-run', 'tell what would be run')
    .option('--full-refresh', 'pass the state of earlier runs by (MELTANO_RUN_FULL_REFRESH)')
    .option('--refresh-catalog', 'discover the catalog anew (MELTANO_RUN_REFRESH_CATALOG)')
    .option('--no-state-update', 'neither read nor write state (MELTANO_RUN_NO_STATE_UPDATE)')
    .option('-f, --force', 'take the lease away from a run that is going on (MELTANO_RUN_FORCE)')
    .option('--count', 'count records and bytes by reading along, which takes CPU (TAPLINE_COUNT)')
    .option('--state-id-suffix <suffix>', 'a suffix of the state id (MELTANO_RUN_STATE_ID_SUFFIX)')
    .option('--merge-state', 'the same as --state-strategy merge')
    .option('--state-strategy <strategy>', 'auto, merge or overwrite (MELTANO_RUN_STATE_STRATEGY)')
    .option('--run-id <uuid>', 'the id of this run (MELTANO_RUN_ID)')
    .option('--timeout <seconds>', 'end the run after so long (MELTANO_RUN_TIMEOUT)')
    .option(
      '--result <file>',
      "where the result goes; by default Airflow's XCom file, where its folder is there",
    )
    .option('--engine <engine>', 'native, or meltano for what native does not do (TAPLINE_ENGINE)')
    .option('--install', 'taken for the sake of Meltano: plugins are installed by `tapline-run install`')
    .option('--no-install', 'taken for the sake of Meltano')
    .action(async (tasks: string[], _: Flags, command: Command) => {
      setExitCode(await run(host, tasks, command.optsWithGlobals<Flags>()));
    });
}

async function run(host: Host, tasks: string[], flags: Flags): Promise<number> {
  const id = runIdOf(flags.runId ?? host.env.MELTANO_RUN_ID);
  const timeout = secondsOf(flags.timeout ?? host.env.MELTANO_RUN_TIMEOUT);
  const options = optionsOf(host, flags);
  const engine = engineOf(host, flags);
  const progress = host.terminal && new Progress(host.terminal);
  const { project, log, cwd } = openProject(progress ? above(host, progress) : host, flags, true, {
    run_id: id,
  });
  const live = await startTelemetry(host.env, log, flags.logFormat === 'json' ? undefined : progress);
  const from = { id, project, log, cwd, options, live, onSignal: host.onSignal, timeoutSeconds: timeout };
  return withSession(from, async (context) => {
    if (flags.dryRun === true) {
      for (const line of describePlan(context, tasks)) log.info(`would run: ${line}`);
      return exitCode.fine;
    }
    const result = await (engine === 'meltano' ? runByMeltano : runTasks)(context, tasks);
    await live.close(result);
    const file = resultFile(flags.result ?? host.env.TAPLINE_RESULT_FILE);
    try {
      if (file !== undefined) writeResult(file, printResult(result, log));
    } catch (error) {
      log.error(`the result could not be written: ${(error as Error).message}`);
      return result.exitCode === exitCode.fine ? exitCode.failed : result.exitCode;
    }
    return result.exitCode;
  });
}

function engineOf(host: Host, flags: Flags): Engine {
  const given = flags.engine ?? host.env.TAPLINE_ENGINE ?? '';
  const engine = engines.find((known) => known === (given === '' ? 'native' : given));
  if (!engine) throw usage(`--engine is '${given}', expected one of ${engines.join(', ')}`);
  return engine;
}

/** The host, with the lines of the log above those that are drawn. */
function above(host: Host, progress: Progress): Host {
  return {
    ...host,
    err: (text) => {
      progress.write(text, host.err);
    },
  };
}

function optionsOf(host: Host, flags: Flags): RunOptions {
  const given = flags.stateStrategy ?? host.env.MELTANO_RUN_STATE_STRATEGY ?? 'auto';
  const strategy = strategies.find((known) => known === given);
  if (!strategy) throw usage(`--state-strategy is '${given}', expected one of ${strategies.join(', ')}`);
  if (flags.mergeState === true && strategy !== 'auto') {
    throw usage('--merge-state and --state-strategy are both given', 'Leave one of them.');
  }
  return {
    fullRefresh: flags.fullRefresh ?? isSet(host, 'MELTANO_RUN_FULL_REFRESH'),
    refreshCatalog: flags.refreshCatalog ?? isSet(host, 'MELTANO_RUN_REFRESH_CATALOG'),
    noStateUpdate: !flags.stateUpdate || isSet(host, 'MELTANO_RUN_NO_STATE_UPDATE'),
    force: flags.force ?? isSet(host, 'MELTANO_RUN_FORCE'),
    count: flags.count ?? isSet(host, 'TAPLINE_COUNT'),
    stateIdSuffix: flags.stateIdSuffix ?? host.env.MELTANO_RUN_STATE_ID_SUFFIX,
    stateStrategy: flags.mergeState === true ? 'merge' : strategy,
  };
}

function runIdOf(text: string | undefined): string {
  if (text === undefined || text === '') return randomUuid();
  const digits = text.replace(/[-{}]|^urn:uuid:/g, '').toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(digits)) throw usage(`--run-id is '${text}', expected a UUID`);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw usage(`--timeout is '${text}', expected a whole number of at least 1`);
  return value;
}
