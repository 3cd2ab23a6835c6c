import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../src/cli/program';
import { fingerprintOf } from '../../src/install/install';
import { remove, temporaryFolder, writeProject } from '../support/program';

let folder = '';
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  remove(folder);
});

async function call(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await runProgram(args, {
    env: { PATH: '/usr/bin:/bin', HOME: folder, ...env },
    cwd: folder,
    isTerminal: false,
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    ask: undefined,
    onSignal: () => () => undefined,
  });
  return { code, ...said };
}

describe('check', () => {
  it('finds nothing in a project that can run', async () => {
    writeProject(folder, { tap: 'true', target: 'true' });
    expect(await call(['check'])).toMatchObject({
      code: 0,
      err: '✔ 2 plugins and the state: nothing in the way\n',
    });
  });

  it('fails for a program that is missing or may not be executed', async () => {
    writeProject(folder, { tap: 'true', target: 'true' });
    chmodSync(join(folder, 'target.sh'), 0o644);
    const { code, err } = await call(['check']);
    expect(code).toBe(1);
    expect(err).toContain(`✖ loader target-b: there is no program ${folder}/target.sh`);
    expect((await call(['check', 'tap-a'])).code).toBe(0);
  });

  it('fails for a group of settings without values, and for files that are empty or missing', async () => {
    writeProject(
      folder,
      { tap: 'true', target: 'true' },
      ', settings: [{name: host}, {name: user}, {name: key_file}], settings_group_validation: [[host, user], [host, key_file]]',
    );
    const none = await call(['check']);
    expect(none.code).toBe(1);
    expect(none.err).toContain("✖ extractor tap-a: the settings 'host', 'user' have no values");
    writeFileSync(join(folder, 'key'), '\n');
    const empty = await call(['check'], { TAP_A_HOST: 'h', TAP_A_KEY_FILE: join(folder, 'key') });
    expect(empty.err).toContain(`✖ extractor tap-a: the file of 'key_file' is empty: ${folder}/key`);
    const missing = await call(['check'], { TAP_A_HOST: 'h', TAP_A_KEY_FILE: 'nowhere' });
    expect(missing.err).toContain("✖ extractor tap-a: the file of 'key_file' is not there: nowhere");
    writeFileSync(join(folder, 'key'), 'k');
    expect((await call(['check'], { TAP_A_HOST: 'h', TAP_A_KEY_FILE: 'key' })).code).toBe(0);
  });

  it("warns of variables that a plugin's `env:` overrides", async () => {
    writeProject(folder, { tap: 'true', target: 'true' }, ', env: {FROM: here}');
    const { code, err } = await call(['check'], { FROM: 'outside' });
    expect(code).toBe(0);
    expect(err).toContain('! tap-a: FROM is set outside, and `env:` of tap-a overrides it');
  });

  it('fails for an empty secret, and warns of one without a value', async () => {
    writeProject(
      folder,
      { tap: 'true', target: 'true' },
      ', settings: [{name: password, kind: password}, {name: token, sensitive: true}]',
    );
    const { code, err } = await call(['check'], { TAP_A_PASSWORD: '' });
    expect(code).toBe(1);
    expect(err).toContain(
      "✖ extractor tap-a: the secret 'password' is empty\n    Give TAP_A_PASSWORD a value.",
    );
    expect(err).toContain("! extractor tap-a: the secret 'token' has no value");
  });

  it('warns of each variable that meltano.yml overrides', async () => {
    writeProject(folder, { tap: 'true', target: 'true' });
    const file = join(folder, 'meltano.yml');
    writeFileSync(
      file,
      'version: 1\ndefault_environment: dev\nenvironments: [{name: dev}]\nenv: {REGION: eu, SAME: x}\nplugins: {}\n',
    );
    const { code, err } = await call(['check'], { REGION: 'us', SAME: 'x' });
    expect(code).toBe(0);
    expect(err).toContain('! environment: REGION is set outside');
    expect(err).not.toContain('SAME');
  });

  it('fails for a place of states that is unknown, as JSON where that is asked for', async () => {
    writeProject(folder, { tap: 'true', target: 'true' });
    const { code, out } = await call(['check', '--json'], { MELTANO_STATE_BACKEND_URI: 'nonsense://x' });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ version: 1, findings: [{ severity: 'error', about: 'state' }] });
  });
});

describe('install', () => {
  it('leaves plugins alone that need no installation', async () => {
    writeProject(folder, { tap: 'true', target: 'true' });
    expect(await call(['install'])).toMatchObject({
      code: 0,
      err: 'tap-a: nothing to install\ntarget-b: nothing to install\n',
    });
  });

  it('fails where the interpreter is missing', async () => {
    writeProject(folder, { tap: 'true', target: 'true' }, ', pip_url: x, python: /nope/python3');
    const { code, err } = await call(['install', 'tap-a']);
    expect(code).toBe(1);
    expect(err).toContain('/nope/python3 could not be started');
  });

  it('marks what it installed as Meltano does', () => {
    // As Meltano 4.4.1 has it: the hash of the sorted arguments, each once.
    expect(fingerprintOf(['tap-a==1'], undefined)).toBe(fingerprintOf(['tap-a==1', 'tap-a==1'], undefined));
    expect(fingerprintOf(['b', 'a'], undefined)).toBe(
      'c8687a08aa5d6ed2044328fa6a697ab8e96dc34291e8c2034ae8c38e6fcc6d65',
    );
  });
});
