import { readlinkSync } from 'node:fs';
import { readPluginLine } from '../log/plugin-lines';
import { Problem } from '../problem';
import { processStart } from '../process-start';
import type { Figures } from '../telemetry/live';
import { type Child, Child as ChildProcess } from './child';
import { Chain, type ChainEnding as Outcome } from './chain';
import type { RunContext } from './context';
import { Counter } from './counter';
import { Meter } from './meter';
import type { Pipe } from './pipes';
import type { ExtractLoad } from './plan';
import { type Prepared, prepareSinger, specOf } from './prepare';
import { Reader } from './reader';
import { Relay } from './relay';
import type { BlockResult } from './result';
import { stateIdOf } from './state-id';
import { describeStop } from './stop';
import { StateSession } from './state-session';
import { longestLogLine, tapArguments } from './tap-arguments';
import { writtenBy } from './written';

/** Runs a tap into a target, through mappers where there are any. */
export async function runExtractLoad(context: RunContext, block: ExtractLoad): Promise<BlockResult> {
  return new ExtractLoadRun(context, block).run();
}

/** Who is started, and with which arguments. */
interface Member {
  readonly prepared: Prepared;
  readonly args: readonly string[];
}

class ExtractLoadRun {
  private readonly startedAt = performance.now();
  private meter = new Meter();
  private readonly children: Child[] = [];
  private state: StateSession | undefined;
  private stateId: string | undefined;

  constructor(
    private readonly context: RunContext,
    private readonly block: ExtractLoad,
  ) {}

  async run(): Promise<BlockResult> {
    const { context, block } = this;
    let success = false;
    let reason: string | undefined;
    context.live.began(this.name, () => this.figures());
    try {
      if (!context.options.noStateUpdate) {
        this.stateId = stateIdOf(context.project, block, context.options.stateIdSuffix);
        this.state = await StateSession.open(context, this.stateId);
      }
      ({ success, reason } = await this.transfer());
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      reason = error.fix === undefined ? error.message : `${error.message}. ${error.fix}`;
    } finally {
      this.meter.end();
    }
    if (context.stop.reason !== undefined && context.stop.reason !== 'idle') {
      success = false;
      reason = describeStop(context.stop.reason);
    }
    try {
      await this.state?.close({ success, error: reason });
    } catch (error) {
      success = false;
      reason = [reason, `the state could not be written: ${(error as Error).message}`]
        .filter(Boolean)
        .join('; ');
    }
    return this.result(success, reason);
  }

  private async transfer(): Promise<Outcome> {
    const { context, block } = this;
    const [tap, ...others] = block.members;
    if (!tap) throw new Problem('an empty block');
    const source = prepareSinger(context, tap, 0);
    const stateFile = tap.plugin.capabilities.includes('state') ? this.state?.fileForTap(tap) : undefined;
    const args = await tapArguments(context, source, stateFile, (line) => {
      this.logLine(source, -1, line);
    });
    const consumers = others.map((settings, i) => prepareSinger(context, settings, i + 1));
    if (context.stop.reason !== undefined)
      return { success: false, reason: describeStop(context.stop.reason) };
    return this.move([
      { prepared: source, args },
      ...consumers.map((prepared) => ({ prepared, args: ['--config', prepared.config] })),
    ]);
  }

  /** Starts everyone, each with the pipe to its neighbour, and waits for the end. */
  private async move(members: readonly Member[]): Promise<Outcome> {
    const { context } = this;
    const counter = context.options.count ? new Counter() : undefined;
    const pipes = await context.scratch.guard.pipes(2 * members.length + (counter ? 1 : 0));
    // What discovery wrote is not the tap's.
    this.meter = new Meter(counter);
    const errors = pipes.slice(0, members.length);
    const outputs = pipes.slice(members.length, 2 * members.length);
    const counted = pipes[2 * members.length];
    const readers: Reader[] = [];
    let relay: Relay | undefined;
    try {
      for (const [i, { prepared, args }] of members.entries()) {
        const [stderr, output] = [errors[i], outputs[i]];
        if (!stderr || !output) throw new Error('a pipe is missing');
        const input = i === 1 && counted ? counted : outputs[i - 1];
        this.children.push(await this.start(prepared, args, input, output, stderr));
        if (input) input.close(input.reading);
        output.close(output.writing);
        const log = (line: string): void => {
          this.logLine(prepared, i, line);
        };
        readers.push(new Reader(stderr, log, longestLogLine));
        if (i === members.length - 1) readers.push(new Reader(output, (line) => this.state?.line(line)));
        if (i === 0 && counted && counter) relay = new Relay(output, counted, counter);
      }
    } catch (error) {
      for (const pipe of pipes) pipe.closeAll();
      relay?.destroy();
      for (const child of this.children) child.signal('SIGKILL');
      await Promise.all(this.children.map((child) => child.ended));
      throw error;
    }
    const outcome = await this.wait();
    relay?.destroy();
    await Promise.all(readers.map((reader) => reader.finish()));
    return outcome;
  }

  private async wait(): Promise<Outcome> {
    const { context } = this;
    const { shell } = context.project;
    const [tap, ...others] = this.children;
    const target = this.children.at(-1);
    const idleSeconds = numberFrom(shell.TAPLINE_IDLE_TIMEOUT_SECONDS);
    if (tap) {
      void tap.ended.then(() => {
        this.meter.tapEnded(others.map((child) => child.pid));
      });
      this.meter.watch(tap.pid, idleSeconds, () => {
        context.stop.request('idle');
      });
    }
    const chain = new Chain(
      this.children,
      context.stop,
      numberFrom(shell.TAPLINE_GRACE_SECONDS) ?? 20,
      () => target !== undefined && readsPipe(target, context.scratch.folder),
    );
    const ending = await chain.run();
    if (context.stop.reason !== 'idle') return ending;
    return { success: false, reason: `${tap?.name ?? 'the tap'} wrote nothing for ${idleSeconds ?? 0} s` };
  }

  private start(
    prepared: Prepared,
    args: readonly string[],
    input: Pipe | undefined,
    output: Pipe,
    stderr: Pipe,
  ): Promise<Child> {
    return ChildProcess.start({
      ...specOf(this.context, prepared, args),
      stdio: [input?.reading ?? 'inherit', output.writing, stderr.writing],
    });
  }

  private logLine(prepared: Prepared, index: number, line: string): void {
    const { level, message, metric } = readPluginLine(line);
    if (metric && index === 0) this.meter.take(metric);
    this.context.log.line(level, message, { plugin: prepared.settings.plugin.name, stream: 'stderr' });
  }

  private get name(): string {
    return this.block.members.map(({ plugin }) => plugin.name).join(' ');
  }

  /** By now; the bytes of a tap that runs are what the system says it wrote. */
  private figures(): Figures {
    const { rows, bytes, streams } = this.meter;
    const [tap] = this.children;
    return { rows, bytes: bytes ?? (tap ? writtenBy(tap.pid) : undefined) ?? null, streams };
  }

  private result(success: boolean, reason: string | undefined): BlockResult {
    const { meter, state } = this;
    return {
      type: 'extract_load',
      name: this.name,
      engine: 'native',
      success,
      reason: success ? undefined : reason,
      durationSeconds: (performance.now() - this.startedAt) / 1000,
      endings: Object.fromEntries(
        this.children.flatMap((one) => (one.ending ? [[one.name, one.ending]] : [])),
      ),
      rows: meter.rows,
      bytes: meter.bytes,
      streams: meter.streams,
      stateId: this.stateId,
      statesReceived: state?.received ?? 0,
      stateWrites: state?.written ?? 0,
    };
  }
}

/** Whether a process still has the pipe that it was given as its input; one that has ended had it to its end. */
function readsPipe(child: Child, folder: string): boolean {
  try {
    if (readlinkSync(`/proc/${child.pid}/fd/0`).startsWith(folder)) return true;
  } catch {
    // It closed its input, or it is gone.
  }
  return processStart(child.pid) === undefined;
}

function numberFrom(text: string | undefined): number | undefined {
  const value = Number(text);
  return text === undefined || text === '' || !Number.isFinite(value) || value <= 0 ? undefined : value;
}
