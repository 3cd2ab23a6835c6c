import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../src/cli/program';
import { remove, temporaryFolder, writeProject } from '../support/program';

let folder = '';
beforeEach(() => {
  folder = temporaryFolder();
  writeProject(folder, { tap: 'true', target: 'cat > /dev/null' });
});
afterEach(() => {
  remove(folder);
});

async function call(
  args: readonly string[],
  answer?: string,
): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await runProgram(args, {
    env: { PATH: '/usr/bin:/bin', HOME: folder },
    cwd: folder,
    isTerminal: false,
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    ask: answer === undefined ? undefined : () => Promise.resolve(answer),
    onSignal: () => () => undefined,
  });
  return { code, ...said };
}

const id = 'dev:tap-a-to-target-b';

describe('states on the command line', () => {
  it('can be set, read, merged, listed and cleared', async () => {
    expect(
      await call(['state', 'set', '--force', id, '{"singer_state": {"a": 1.0, "b": {"x": 1}}}']),
    ).toMatchObject({ code: 0 });
    expect(await call(['state', 'merge', id, '{"singer_state": {"b": {"y": 2}}}'])).toMatchObject({
      code: 0,
    });
    expect((await call(['state', 'get', id])).out).toBe('{"singer_state":{"a":1.0,"b":{"x":1,"y":2}}}\n');
    expect((await call(['state', 'merge', '--from-state-id', id, 'dev:x-to-y'])).code).toBe(0);
    expect((await call(['state', 'list'])).out).toBe(`${id}\ndev:x-to-y\n`);
    expect((await call(['state', 'list', '--pattern', '*x*'])).out).toBe('dev:x-to-y\n');
    expect((await call(['state', 'clear', '--force', id])).code).toBe(0);
    expect((await call(['state', 'get', id])).out).toBe('{}\n');
  });

  it('can be set from a file, and printed for people', async () => {
    writeFileSync(join(folder, 'state.json'), '{"singer_state": {"a": 1}}');
    await call(['state', 'set', '--force', '--input-file', join(folder, 'state.json'), id]);
    expect((await call(['state', 'get', '--format', 'pretty', id])).out).toBe(
      '{\n  "singer_state": {\n    "a": 1\n  }\n}\n',
    );
  });

  it.each([
    [['state', 'set', '--force', id, '{"a": 1}'], "the state has no 'singer_state' at its top"],
    [['state', 'set', '--force', id, 'x'], 'the state is no JSON'],
    [['state', 'set', '--force', id], 'exactly one state has to be given'],
    [['state', 'set', id, '{"singer_state": 1}'], 'Nobody said yes'],
    [['state', 'merge', id, '--from-state-id', 'nope'], "there is no state 'nope'"],
    [['state', 'clear', id], 'Nobody said yes'],
  ])('fails for %j', async (args, message) => {
    const { code, err } = await call(args);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });

  it('are changed when somebody says yes', async () => {
    expect((await call(['state', 'set', id, '{"singer_state": 1}'], 'y')).code).toBe(0);
    expect((await call(['state', 'clear', id], 'n')).code).toBe(1);
    expect((await call(['state', 'get', id])).out).toBe('{"singer_state":1}\n');
  });
});

describe('wrong uses', () => {
  it.each([
    [['run', '--nope'], 2, 'unknown option'],
    [['nonsense'], 2, 'unknown command'],
    [['run', '--timeout', '0', 'x'], 2, '--timeout is'],
    [['run', '--run-id', 'x', 'y'], 2, 'expected a UUID'],
    [['run', '--log-level', 'x', 'y'], 2, '--log-level is'],
    [['run', '--cwd', '/', 'x'], 2, 'there is no meltano.yml'],
    [['run', '--cwd', 'nope', 'x'], 2, "--cwd is 'nope'"],
    [['run', 'nope'], 1, "there is no plugin, mapping or job 'nope'"],
    [['run', '--environment', 'nope', 'tap-a', 'target-b'], 1, "there is no environment 'nope'"],
    [['--environment', 'nope', 'run', 'tap-a', 'target-b'], 1, "there is no environment 'nope'"],
  ])('%j fails with %d and says why', async (args, code, message) => {
    const result = await call(args);
    expect(result.err).toContain(message);
    expect(result.code).toBe(code);
  });

  it('name the line of a broken meltano.yml', async () => {
    writeFileSync(join(folder, 'meltano.yml'), 'version: 1\nplugins:\n  - [\n');
    const { code, err } = await call(['run', 'tap-a', 'target-b']);
    expect(code).toBe(1);
    expect(err).toMatch(/meltano\.yml:\d+:\d+: /);
  });

  it('tell what would be run without running it', async () => {
    const { code, err } = await call(['run', '--dry-run', 'tap-a', 'target-b']);
    expect(code).toBe(0);
    expect(err).toContain('would run: extract and load tap-a target-b');
  });

  it('find the project from a folder inside it', async () => {
    mkdirSync(join(folder, 'a/b'), { recursive: true });
    expect((await call(['run', '--cwd', 'a/b', 'tap-a', 'target-b'])).code).toBe(0);
  });
});
