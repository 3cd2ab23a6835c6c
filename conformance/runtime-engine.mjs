// The engine `meltano`: the real Meltano 4.4.1 under tapline-run's lease, with its result, exit codes and signals. And what
// a run tells others: a trace to a collector, metrics to a push gateway, both without secrets; packages that are installed
// by a lock, by uv and by pip, and refused when a byte of them is another.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { atEnd, check, main, must, pythonEnvironment, root, temporaryFolder, until } from './support.mjs';

const version = '4.4.1';
const secret = 'canary-of-the-tap';
const id = 'dev:tap-a-to-target-b';
const tap = `#!/usr/bin/env -S python3 -S
import os, sys, time
open('started', 'w').close()
print('the password is ${secret}', file=sys.stderr)
print('METRIC: {"type": "counter", "metric": "record_count", "value": 3, "tags": {"stream": "users"}}', file=sys.stderr)
print('{"type":"STATE","value":{"n":1}}', flush=True)
while os.path.exists('wait'):
    time.sleep(0.05)
sys.exit(int(os.environ.get('EXIT', '0')))
`;
const target = `#!/usr/bin/env -S python3 -S
import json, sys
for line in sys.stdin:
    print(json.dumps(json.loads(line)['value']), flush=True)
`;

await main('the engine meltano, and what a run tells others', async () => {
  must(process.execPath, ['runtime/build.mjs'], { cwd: root });
  const program = temporaryFolder('program');
  must('cp', ['-r', `${root}/runtime/bin/.`, program]);
  const environment = pythonEnvironment(`meltano-${version}`, [`meltano==${version}`]);
  const world = makeWorld(join(program, 'tapline-run.js'), join(environment, 'bin/meltano'));
  await engine(world);
  await told(world);
  await locks(world, join(environment, 'bin/uv'));
});

async function engine(world) {
  const good = await world.run(['--engine', 'meltano']);
  const [block] = good.result.blocks;
  check(
    'Meltano runs the tasks, and the result says so',
    good.exit === 0 && good.result.engine === 'meltano' && block.engine === 'meltano',
    good.said,
  );
  check('rows are those of the tap', block.rows === 3 && block.streams.users === 3, JSON.stringify(block));
  check('the state is there for both', world.state()?.completed?.singer_state?.n === 1, good.said);
  check('nothing is left of the lease', !existsSync(join(world.folder, `states/${id}/lease.json`)));
  const bad = await world.run(['--engine', 'meltano'], { EXIT: '5' });
  check(
    'a failing tap is exit code 1',
    bad.exit === 1 && bad.result.status === 'failure' && bad.result.reason.includes('exit code 1'),
    bad.said,
  );
  const usage = await world.run(['--engine', 'other']);
  check(
    'another engine is refused',
    usage.exit === 2 && usage.said.includes("--engine is 'other', expected one of native, meltano"),
    usage.said,
  );
  const none = await world.run(['--engine', 'meltano'], { TAPLINE_MELTANO: '/nowhere/meltano' });
  check(
    'a missing Meltano is told',
    none.exit === 1 && none.said.includes('name it with TAPLINE_MELTANO'),
    none.said,
  );

  world.hold();
  const running = world.start(['--engine', 'meltano']);
  await until(world.tapStarted, { what: 'the tap runs under Meltano' });
  const second = await world.run([]);
  check(
    'native is refused while Meltano runs',
    second.exit === 1 && second.said.includes(`another run of '${id}' is going on`),
    second.said,
  );
  running.child.kill('SIGTERM');
  const ended = await running.ended;
  check(
    'SIGTERM is passed on: exit code 143, and the result is written',
    ended.exit === 143 && ended.result.exit_code === 143,
    ended.said,
  );
  world.letGo();
  const after = await world.run([]);
  check('then native may run', after.exit === 0 && after.result.engine === 'native', after.said);
  for (const [name, { said, result }] of Object.entries({ good, bad, after })) {
    check(
      `no secret in the log or result (${name})`,
      !`${said}${JSON.stringify(result)}`.includes(secret) && said.includes('the password is ***'),
      said,
    );
  }
}

async function told(world) {
  const asked = [];
  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      asked.push({ method: request.method, url: request.url, body: Buffer.concat(parts).toString() });
      response.end('{}');
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  atEnd(() => server.close());
  const address = `http://127.0.0.1:${server.address().port}`;
  const [trace, parent] = ['a'.repeat(32), 'b'.repeat(16)];
  const run = await world.run([], {
    OTEL_EXPORTER_OTLP_ENDPOINT: address,
    TRACEPARENT: `00-${trace}-${parent}-01`,
    TAPLINE_METRICS_PUSH_URL: address,
    EXIT: '3',
  });
  const sent = asked.find(({ url }) => url === '/v1/traces');
  const spans = sent ? JSON.parse(sent.body).resourceSpans[0].scopeSpans[0].spans : [];
  const whole = spans.find(({ name }) => name === 'tapline-run run');
  const block = spans.find(({ name }) => name === 'tap-a target-b');
  check(
    'the trace goes on from whoever started the run',
    whole?.traceId === trace && whole.parentSpanId === parent,
    run.said,
  );
  check(
    'each block is a span of it, and says why it failed',
    block?.parentSpanId === whole?.spanId && block?.status.message.includes('exit code 3'),
    JSON.stringify(spans),
  );
  const pushed = asked.find(({ url }) => url.startsWith('/metrics/job/tapline'));
  check(
    'the metrics are pushed',
    pushed?.body.includes('tapline_block_success{block="tap-a target-b",engine="native"} 0'),
    JSON.stringify(asked),
  );
  check('neither tells a secret', !JSON.stringify(asked).includes(secret));
  const quiet = asked.length;
  const off = await world.run([], { OTEL_EXPORTER_OTLP_ENDPOINT: address, OTEL_SDK_DISABLED: 'true' });
  check('a trace that is turned off is not sent', off.exit === 0 && asked.length === quiet);
  const late = await world.run([], {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
    TAPLINE_METRICS_PUSH_URL: 'http://127.0.0.1:1',
  });
  check('a collector that is away fails no run', late.exit === 0 && late.seconds < 20, late.said);
}

async function locks(world, uv) {
  const tools = temporaryFolder('tools');
  symlinkSync(uv, join(tools, 'uv'));
  const lock = join(world.folder, 'plugins/loaders/target-jsonl--default.requirements.txt');
  const venv = join(world.folder, '.meltano/loaders/target-jsonl/venv');
  for (const installer of ['uv', 'pip']) {
    // How this machine reaches its indexes is its own affair.
    const env = { ...process.env, PATH: installer === 'uv' ? `${tools}:/usr/bin:/bin` : '/usr/bin:/bin' };
    const install = (...args) =>
      world.launch(['install', 'target-jsonl', '--installer', installer, ...args], env).ended;
    rmSync(lock, { force: true });
    const without = await install('--locked');
    check(
      `${installer}: a plugin without a lock is refused where one is asked for`,
      without.exit === 1 && without.said.includes('has no lock of its packages'),
      without.said,
    );
    const locked = await install('--lock');
    check(
      `${installer}: it is installed by the lock that is written`,
      locked.exit === 0 && existsSync(join(venv, 'bin/target-jsonl')),
      locked.said,
    );
    check(
      `${installer}: every package has hashes`,
      /^[\w.-]+==\S+/m.test(readFileSync(lock, 'utf8')) &&
        readFileSync(lock, 'utf8').includes('--hash=sha256:'),
    );
    const again = await install('--locked');
    check(`${installer}: nothing is done twice`, again.said === 'target-jsonl: unchanged\n', again.said);
    writeFileSync(
      lock,
      readFileSync(lock, 'utf8').replace(/sha256:(.)/g, (_, digit) => `sha256:${digit === '0' ? '1' : '0'}`),
    );
    const other = await install('--locked');
    check(`${installer}: another byte is refused`, other.exit === 1 && /hash/i.test(other.said), other.said);
  }
}

function makeWorld(program, meltano) {
  const folder = temporaryFolder('engine');
  const files = {
    'meltano.yml': `version: 1
project_id: 7d0c5a3e-9b1f-4a52-8f0e-000000000001
default_environment: dev
send_anonymous_usage_stats: false
environments: [{name: dev}]
state_backend.uri: file://${folder}/states
plugins:
  extractors:
  - name: tap-a
    namespace: tap_a
    executable: ./tap
    capabilities: [state]
    settings: [{name: password, sensitive: true}]
  loaders:
  - {name: target-b, namespace: target_b, executable: ./target}
  - {name: target-jsonl, namespace: target_jsonl, pip_url: target-jsonl==0.1.4}
`,
    tap,
    target,
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
  const result = join(folder, 'result.json');
  const launch = (args, more = {}) => {
    rmSync(result, { force: true });
    rmSync(join(folder, 'started'), { force: true });
    const began = Date.now();
    const child = spawn(process.execPath, [program, ...args], {
      cwd: folder,
      env: {
        ...{ PATH: '/usr/bin:/bin', HOME: folder, LANG: 'C.UTF-8', NO_COLOR: '1' },
        ...{ TAPLINE_MELTANO: meltano, TAPLINE_RESULT_FILE: result, TAP_A_PASSWORD: secret, ...more },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    atEnd(() => child.kill('SIGKILL'));
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    const ended = new Promise((done) =>
      child.once('close', (code, signal) =>
        done({
          exit: code ?? signal,
          said,
          seconds: (Date.now() - began) / 1000,
          result: existsSync(result) ? JSON.parse(readFileSync(result, 'utf8')) : undefined,
        }),
      ),
    );
    return { child, ended };
  };
  const start = (args, more) => launch(['run', ...args, 'tap-a', 'target-b'], more);
  return {
    folder,
    launch,
    start,
    run: (args, more) => start(args, more).ended,
    tapStarted: () => existsSync(join(folder, 'started')),
    hold: () => writeFileSync(join(folder, 'wait'), ''),
    letGo: () => rmSync(join(folder, 'wait')),
    state: () => {
      const file = join(folder, `states/${id}/state.json`);
      return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
    },
  };
}
