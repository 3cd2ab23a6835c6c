import { renameSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { Gauge, Registry } from 'prom-client';
import { exitCode, Problem } from '../problem';
import type { BlockResult, RunResult } from '../run/result';
import type { Figures, Observer, Running } from './live';

/** Where the metrics go; each is off unless it is named. */
export interface MetricsTargets {
  /** Serves them at `/metrics` while the run goes on. */
  readonly port: number | undefined;
  /** Writes them at the end, for the textfile collector of a node exporter. */
  readonly file: string | undefined;
  /** Pushes them at the end, to a push gateway. */
  readonly pushUrl: string | undefined;
}

/** How long the end of a run waits for a push gateway. */
const pushTimeoutMs = 5000;

type Library = typeof import('../vendor/prometheus.js');
type Labels = 'block' | 'engine' | 'stream';

/** The figures of a run for Prometheus, in its own format by its own library. */
export class Metrics implements Observer {
  private readonly registry: Registry;
  private readonly rows: Gauge<Labels>;
  private readonly bytes: Gauge<Labels>;
  private readonly duration: Gauge<Labels>;
  private readonly success: Gauge<Labels>;
  private readonly lastSuccess: Gauge<Labels>;
  private readonly states: Gauge<Labels>;
  private readonly writes: Gauge<Labels>;
  private readonly runSuccess: Gauge;
  private running: Running | undefined;
  private server: Server | undefined;

  private constructor(
    private readonly library: Library,
    private readonly targets: MetricsTargets,
    private readonly warn: (message: string) => void,
  ) {
    const registry = new library.Registry();
    const gauge = (name: string, help: string, labelNames: Labels[]): Gauge<Labels> =>
      new library.Gauge({ name: `tapline_${name}`, help, labelNames, registers: [registry] });
    this.registry = registry;
    this.rows = gauge('rows', 'Records that the tap says it read, in this run.', ['block', 'stream']);
    this.bytes = gauge('bytes', 'Bytes that the tap wrote, in this run.', ['block']);
    this.duration = gauge('block_duration_seconds', 'How long the block took, or takes by now.', ['block']);
    this.success = gauge('block_success', '1 where the block went well, 0 where it failed.', [
      'block',
      'engine',
    ]);
    this.lastSuccess = gauge(
      'last_success_timestamp_seconds',
      'When the block last went well; with the name of a stream, that it was among those read.',
      ['block', 'stream'],
    );
    this.states = gauge('states', 'States that the target gave back.', ['block']);
    this.writes = gauge('state_writes', 'Writes that they became.', ['block']);
    this.runSuccess = new library.Gauge({
      name: 'tapline_run_success',
      help: '1 where the whole run went well, 0 where it failed.',
      registers: [registry],
    });
  }

  /** Begins to serve them, where a port is named. */
  static async start(targets: MetricsTargets, warn: (message: string) => void): Promise<Metrics> {
    const metrics = new Metrics(await import('../vendor/prometheus.js'), targets, warn);
    if (targets.port !== undefined) await metrics.serve(targets.port);
    return metrics;
  }

  began(block: Running): void {
    this.running = block;
  }

  ended(result: BlockResult): void {
    this.running = undefined;
    const { name: block, engine } = result;
    this.take(block, result, result.durationSeconds);
    this.success.set({ block, engine }, result.success ? 1 : 0);
    if (result.statesReceived !== null) this.states.set({ block }, result.statesReceived);
    if (result.stateWrites !== null) this.writes.set({ block }, result.stateWrites);
    if (!result.success) return;
    const now = Date.now() / 1000;
    for (const stream of ['', ...Object.keys(result.streams)]) this.lastSuccess.set({ block, stream }, now);
  }

  async close(result: RunResult): Promise<void> {
    this.runSuccess.set(result.exitCode === exitCode.fine ? 1 : 0);
    const { file, pushUrl } = this.targets;
    try {
      if (file !== undefined) writeWhole(file, await this.text());
    } catch (error) {
      this.warn(`the metrics could not be written to ${file ?? ''}: ${(error as Error).message}`);
    }
    if (pushUrl !== undefined) await this.push(pushUrl);
    this.server?.close();
  }

  /** What a scrape is given. */
  text(): Promise<string> {
    if (this.running) {
      const { name, startedAt, figures } = this.running;
      this.take(name, figures(), (Date.now() - startedAt.getTime()) / 1000);
    }
    return this.registry.metrics();
  }

  private take(block: string, { rows, bytes, streams }: Figures, seconds: number): void {
    const named = Object.entries(streams);
    for (const [stream, count] of named) this.rows.set({ block, stream }, count);
    if (rows !== null && named.length === 0) this.rows.set({ block, stream: '' }, rows);
    if (bytes !== null) this.bytes.set({ block }, bytes);
    this.duration.set({ block }, seconds);
  }

  private async serve(port: number): Promise<void> {
    const server = createServer((request, response) => {
      if (request.url !== '/metrics') {
        response.writeHead(404).end();
        return;
      }
      void this.text().then((text) =>
        response.writeHead(200, { 'content-type': this.registry.contentType }).end(text),
      );
    });
    await new Promise<void>((done, fail) => {
      server.once('error', (error) => {
        fail(
          new Problem(`metrics cannot be served on port ${port}: ${error.message}`, {
            fix: 'Look at TAPLINE_METRICS_PORT.',
          }),
        );
      });
      server.listen(port, done);
    });
    server.unref();
    this.server = server;
  }

  private async push(url: string): Promise<void> {
    try {
      const gateway = new this.library.Pushgateway(url, { timeout: pushTimeoutMs }, this.registry);
      // It replaces nothing of other pipelines that push under the same name.
      await gateway.pushAdd({ jobName: 'tapline' });
    } catch (error) {
      this.warn(`the metrics could not be pushed: ${(error as Error).message}`);
    }
  }
}

function writeWhole(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}
