import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Log } from '../../src/log/log';
import { readMeltanoLine } from '../../src/run/meltano';
import type { BlockResult, RunResult } from '../../src/run/result';
import { describeProgress } from '../../src/telemetry/progress';
import { startTelemetry } from '../../src/telemetry/telemetry';

const block: BlockResult = {
  type: 'extract_load',
  name: 'tap-a target-b',
  engine: 'native',
  success: true,
  reason: undefined,
  durationSeconds: 2,
  endings: {},
  rows: 5,
  bytes: 1000,
  streams: { users: 3, orders: 2 },
  stateId: 'dev:tap-a-to-target-b',
  statesReceived: 4,
  stateWrites: 2,
};
const run: RunResult = {
  runId: '1',
  engine: 'native',
  exitCode: 0,
  reason: undefined,
  startedAt: new Date(0),
  endedAt: new Date(2000),
  blocks: [block],
};
const lines: string[] = [];
const log = new Log({ write: (line) => lines.push(line), json: true, level: 'info' });

describe('the metrics of a run', () => {
  it('are served while it goes on, and written at its end', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tapline-metrics-'));
    const probe = createServer().listen(0);
    const { port } = probe.address() as AddressInfo;
    await new Promise((done) => probe.close(done));
    const file = join(folder, 'tapline.prom');
    const live = await startTelemetry(
      { TAPLINE_METRICS_PORT: String(port), TAPLINE_METRICS_FILE: file },
      log,
      undefined,
    );
    live.began('tap-a target-b', () => ({ rows: 1, bytes: 7, streams: { users: 1 } }));
    const scraped = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(scraped).toContain('tapline_rows{block="tap-a target-b",stream="users"} 1\n');
    expect(scraped).toContain('tapline_bytes{block="tap-a target-b"} 7\n');
    expect(scraped).not.toContain('tapline_last_success_timestamp_seconds{');
    live.ended(block);
    await live.close(run);
    const written = readFileSync(file, 'utf8');
    expect(written).toContain('tapline_rows{block="tap-a target-b",stream="orders"} 2\n');
    expect(written).toMatch(
      /tapline_last_success_timestamp_seconds\{block="tap-a target-b",stream="users"\} \d+/,
    );
    expect(written).toContain('tapline_run_success 1\n');
    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
    rmSync(folder, { recursive: true });
  });

  it('fail no run when they cannot be pushed', async () => {
    const live = await startTelemetry({ TAPLINE_METRICS_PUSH_URL: 'http://127.0.0.1:1' }, log, undefined);
    live.ended(block);
    await live.close(run);
    expect(lines.at(-1)).toContain('the metrics could not be pushed');
  });

  it('fail for a port that is none', async () => {
    await expect(startTelemetry({ TAPLINE_METRICS_PORT: 'x' }, log, undefined)).rejects.toThrow(
      "TAPLINE_METRICS_PORT is 'x', expected a port between 1 and 65535",
    );
  });
});

describe('the line on a terminal', () => {
  it('tells rows, speed, bytes and streams', () => {
    const figures = { rows: 12_345, bytes: 4_500_000, streams: { orders: 345, users: 12_000 } };
    expect(describeProgress('tap-a target-b', figures, 62, 199.6)).toBe(
      'tap-a target-b  1:02  12,345 rows  200 rows/s  4.5 MB, 72.6 kB/s\n  users  12,000 rows\n  orders  345 rows',
    );
  });

  it('leaves out what nothing tells', () => {
    expect(describeProgress('tap-a', { rows: null, bytes: null, streams: {} }, 3, null)).toBe('tap-a  0:03');
  });
});

describe("a line of Meltano's log", () => {
  it('is what the plugin said, and its measurement', () => {
    const said = JSON.stringify({
      event: 'METRIC: {"type": "counter", "metric": "record_count", "value": 3, "tags": {"stream": "users"}}',
      ...{ string_id: 'tap-csv', stdio: 'stderr', level: 'info' },
    });
    expect(readMeltanoLine(said)).toMatchObject({
      plugin: 'tap-csv',
      metric: { name: 'record_count', value: 3, stream: 'users' },
    });
    expect(readMeltanoLine('{"event": "Run completed", "level": "warning"}')).toMatchObject({
      ...{ plugin: 'meltano', level: 'warning', message: 'Run completed', metric: undefined },
    });
  });
});
