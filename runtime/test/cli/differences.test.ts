import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../src/cli/program';
import { remove, temporaryFolder } from '../support/program';

/** The entries of docs/meltano-differences.md that concern errors, each with a project of its own. */
describe('where Meltano crashes or goes on by accident', () => {
  let folder = '';
  beforeEach(() => {
    folder = temporaryFolder();
    for (const name of ['tap', 'target', 'mapper']) {
      writeFileSync(
        join(folder, name),
        `#!/bin/sh\n/bin/cp "$2" "${folder}/${name}.json"\n/bin/cat >/dev/null </dev/null\n`,
      );
      chmodSync(join(folder, name), 0o755);
    }
  });
  afterEach(() => {
    remove(folder);
  });

  async function run(
    plugins: string,
    tasks: string,
    env: Record<string, string> = {},
  ): Promise<{ code: number; err: string }> {
    writeFileSync(
      join(folder, 'meltano.yml'),
      `version: 1\ndefault_environment: dev\nenvironments: [{name: dev}]\nstate_backend.uri: file://${folder}/states\nplugins:\n${plugins}\n`,
    );
    let err = '';
    const code = await runProgram(['run', ...tasks.split(' ')], {
      env: { PATH: '/usr/bin:/bin', HOME: folder, ...env },
      cwd: folder,
      isTerminal: false,
      out: () => undefined,
      err: (text) => (err += text),
      ask: undefined,
      onSignal: () => () => undefined,
    });
    return { code, err };
  }

  const target = '  loaders: [{name: target-b, namespace: target_b, executable: ./target}]';
  const configOf = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));

  it('decimals-from-text: a decimal of a variable is a number', async () => {
    const tap =
      '  extractors: [{name: tap-a, namespace: tap_a, executable: ./tap, settings: [{name: rate, kind: decimal}]}]';
    expect((await run(`${tap}\n${target}`, 'tap-a target-b', { TAP_A_RATE: '1.50' })).code).toBe(0);
    expect(configOf('tap')).toEqual({ rate: 1.5 });
  });

  it('fails for a decimal that is none, without telling its value', async () => {
    const tap =
      '  extractors: [{name: tap-a, namespace: tap_a, executable: ./tap, settings: [{name: rate, kind: decimal}]}]';
    const { code, err } = await run(`${tap}\n${target}`, 'tap-a target-b', { TAP_A_RATE: 'hush' });
    expect(code).toBe(1);
    expect(err).toContain("the setting 'rate' is not a number");
    expect(err).not.toContain('hush');
  });

  it('fails for text-and-map, and names both', async () => {
    const tap =
      '  extractors: [{name: tap-a, namespace: tap_a, executable: ./tap, config: {a: text, a.b: 1}}]';
    const { code, err } = await run(`${tap}\n${target}`, 'tap-a target-b');
    expect(code).toBe(1);
    expect(err).toContain("the setting 'a.b' lies inside 'a', which is no map");
  });

  it('fails for mapper-in-a-later-block before anything runs', async () => {
    const plugins = `  extractors: [{name: tap-a, namespace: tap_a, executable: ./tap}]
  mappers: [{name: map-m, namespace: map_m, executable: ./mapper, mappings: [{name: m1, config: {x: 1}}]}]
${target}`;
    const { code, err } = await run(plugins, 'tap-a target-b tap-a map-m target-b');
    expect(code).toBe(1);
    expect(err).toContain("'map-m' is a mapper, and one of its mappings has to be named");
    expect(existsSync(join(folder, 'tap.json'))).toBe(false);
  });

  it('undeclared-in-parent: a setting of the child alone has its default', async () => {
    const plugins = `  extractors:
  - {name: tap-a, namespace: tap_a, executable: ./tap}
  - {name: tap-c, inherit_from: tap-a, settings: [{name: own, value: dflt}]}
${target}`;
    expect((await run(plugins, 'tap-c target-b')).code).toBe(0);
    expect(configOf('tap')).toEqual({ own: 'dflt' });
  });

  it('fails for numbers-in-env, and names the variable', async () => {
    const tap = '  extractors: [{name: tap-a, namespace: tap_a, executable: ./tap, env: {N: 5}}]';
    const { code, err } = await run(`${tap}\n${target}`, 'tap-a target-b');
    expect(code).toBe(1);
    expect(err).toContain('tap-a: env: N is 5, expected a text');
  });

  it('all-ready-first: the tap does not run when the target cannot be set up', async () => {
    const plugins = `  extractors: [{name: tap-a, namespace: tap_a, executable: ./tap}]
  loaders: [{name: target-b, namespace: target_b, executable: ./target, config: {a: text, a.b: 1}}]`;
    expect((await run(plugins, 'tap-a target-b')).code).toBe(1);
    expect(existsSync(join(folder, 'tap.json'))).toBe(false);
  });
});
