// What the stores of the states cost a run: memory with each, and 1,000 states against a store that takes 50 ms for each
// request. Part of `npm run bench:runtime -- stores`.
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';
import { join } from 'node:path';
import { places } from '../conformance/stores/servers.mjs';

const slowMs = 50;

/** Measures the stores, and prints the figures. */
export async function benchStores({ program, python, work }) {
  const folder = project(work, python);
  for (const [name, open] of Object.entries(places)) {
    const place = await open();
    const { peak } = await run(program, folder, place.env);
    console.log(`  memory with ${name.padEnd(10)} ${peak.toFixed(0).padStart(6)} MiB (to reach: 100)`);
    if (name !== 'gcs') continue;
    const slow = await slowly(place.wire.port);
    const env = { ...place.env, STORAGE_EMULATOR_HOST: slow.address };
    for (const [count, pause] of [
      [1, 0],
      [1000, 0],
      [1000, 0.005],
    ]) {
      const { wall, figures } = await run(program, folder, {
        ...env,
        COUNT: String(count),
        PAUSE: String(pause),
      });
      const { completed } = JSON.parse(await place.read('dev:tap-a-to-target-b', 'state.json'));
      const exact = completed.singer_state.n === count ? 'exact' : `WRONG: ${completed.singer_state.n}`;
      console.log(
        `  ${String(count).padStart(5)} states${pause > 0 ? ` ${pause * 1000} ms apart` : ''}, ${slowMs} ms a request: ${wall.toFixed(2)} s wall, data through after ` +
          `${figures.data.toFixed(2)} s, ${figures.writes} writes, least pause between two ${slow.leastPause()}, final state ${exact}`,
      );
    }
    slow.close();
  }
}

/** Passes requests on to a store after a pause, and notes when states were written. */
async function slowly(port) {
  const writes = [];
  const server = createServer((incoming, outgoing) => {
    const parts = [];
    incoming.on('data', (part) => parts.push(part));
    incoming.on('end', () => {
      const body = Buffer.concat(parts);
      if (incoming.method === 'POST' && body.includes('state.json')) writes.push(performance.now());
      setTimeout(() => {
        const options = {
          port,
          host: '127.0.0.1',
          method: incoming.method,
          path: incoming.url,
          headers: incoming.headers,
        };
        const passed = ask(options, (answer) => {
          outgoing.writeHead(answer.statusCode, answer.headers);
          answer.pipe(outgoing);
        });
        passed.end(body);
      }, slowMs);
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    close: () => server.close(),
    leastPause: () => {
      const times = writes.splice(0);
      // The last one does not wait.
      const pauses = times.slice(1, -1).map((at, i) => at - times[i]);
      return pauses.length === 0 ? '-' : `${(Math.min(...pauses) / 1000).toFixed(2)} s`;
    },
  };
}

function run(program, folder, env) {
  const started = performance.now();
  const result = join(folder, 'result.json');
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [program, 'run', '--result', result, 'tap-a', 'target-b'], {
      cwd: folder,
      env: { PATH: '/usr/bin:/bin', HOME: folder, LANG: 'C.UTF-8', MELTANO_RUN_FULL_REFRESH: '0', ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => (said += chunk));
    let peak = 0;
    const look = setInterval(() => {
      try {
        const found = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
        peak = Math.max(peak, Number(found?.[1] ?? 0) / 1024);
      } catch {
        // It has ended.
      }
    }, 5);
    child.once('close', (code) => {
      clearInterval(look);
      if (code !== 0) return fail(new Error(said));
      const [block] = JSON.parse(readFileSync(result, 'utf8')).blocks;
      const data = Number(readFileSync(join(folder, 'data'), 'utf8'));
      done({
        peak,
        wall: (performance.now() - started) / 1000,
        figures: { data, writes: block.state_writes },
      });
    });
  });
}

function project(work, python) {
  const folder = join(work, 'stores');
  mkdirSync(folder);
  const files = {
    'meltano.yml': `version: 1
project_id: 7d0c5a3e-9b1f-4a52-8f0e-000000000001
default_environment: dev
environments: [{name: dev}]
plugins:
  extractors: [{name: tap-a, namespace: tap_a, executable: ./tap}]
  loaders: [{name: target-b, namespace: target_b, executable: ./target}]
`,
    tap: `#!${python} -S
import os, time
pause = float(os.environ.get('PAUSE', '0'))
for n in range(int(os.environ.get('COUNT', '1000'))):
    print('{"type":"STATE","value":{"n":%d}}' % (n + 1), flush=True)
    if pause:
        time.sleep(pause)
`,
    // It says itself how long the data took: from its first line to its last answer.
    target: `#!${python} -S
import sys, time
started = time.monotonic()
for line in sys.stdin:
    print(line[len('{"type":"STATE","value":'):-2], flush=True)
with open('data', 'w') as file:
    file.write(str(time.monotonic() - started))
`,
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}
