import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  deliverEnvironment,
  type EnvVariable,
  literal,
  type SecretDelivery,
  secretMount,
  secretsFolder,
  shellQuote,
} from '../../src/kubernetes';

const variables: EnvVariable[] = [
  { name: 'A_TOKEN', secret: 'taps', key: 'a.token' },
  { name: 'B', value: 'plain' },
  { name: 'C_TOKEN', secret: 'taps', key: 'c' },
];

function deliver(delivery: SecretDelivery, overrides: { command?: string[] } = {}) {
  return deliverEnvironment({
    container: 'meltano',
    delivery,
    variables,
    command: 'command' in overrides ? overrides.command : ['meltano', 'run'],
    args: ['tap', 'target'],
  });
}

describe('the add-on', () => {
  it('reads secrets from files in a prologue and goes on as the command', () => {
    const { env, command, args, mounts } = deliver('addon');
    expect(env).toEqual([{ name: 'B', value: 'plain' }]);
    expect(command?.slice(0, 2)).toEqual(['/bin/sh', '-ec']);
    expect(command?.[2]?.split('\n')).toEqual([
      'A_TOKEN="$(cat /run/secrets/taps/a.token)"; export A_TOKEN',
      'C_TOKEN="$(cat /run/secrets/taps/c)"; export C_TOKEN',
      'exec "$@"',
    ]);
    expect(args).toEqual(['tapline', 'meltano', 'run', 'tap', 'target']);
    expect(mounts).toEqual([secretMount('addon', 'taps')]);
  });

  it('gives the values to the command, byte for byte, when a real shell runs the prologue', () => {
    const folder = mkdtempSync(join(tmpdir(), 'prologue-'));
    try {
      mkdirSync(join(folder, 'taps'));
      writeFileSync(join(folder, 'taps', 'a.token'), `it's "$HOME" \`id\` \\n ü`);
      writeFileSync(join(folder, 'taps', 'c'), 'two\nlines\n');
      const { command, args } = deliver('addon', {
        command: [
          process.execPath,
          '-e',
          'console.log(JSON.stringify([process.env.A_TOKEN, process.env.C_TOKEN]))',
        ],
      });
      const script = command![2]!.replaceAll(secretsFolder, folder);
      const out = execFileSync(command![0]!, ['-ec', script, ...args!], { encoding: 'utf8' });
      // Like every shell, it drops the newline at the end, which editors and `echo` add.
      expect(JSON.parse(out)).toEqual([`it's "$HOME" \`id\` \\n ü`, 'two\nlines']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('fails to start the command where a file is missing', () => {
    const { command, args } = deliver('addon', { command: ['echo', 'started'] });
    const script = command![2]!.replaceAll(secretsFolder, '/nowhere');
    expect(() =>
      execFileSync(command![0]!, ['-ec', script, ...args!], { stdio: ['ignore', 'pipe', 'ignore'] }),
    ).toThrow(/Command failed/);
  });

  it('fails for a container that does not say its command, and names the fix', () => {
    expect(() =>
      deliverEnvironment({
        container: 'meltano',
        delivery: 'addon',
        variables,
        command: undefined,
        args: undefined,
      }),
    ).toThrow(/container 'meltano': got secrets .* no command; .* set 'command'/);
  });

  it('fails for a name that a shell cannot set', () => {
    expect(() =>
      deliverEnvironment({
        container: 'c',
        delivery: 'addon',
        variables: [{ name: 'A;reboot', secret: 's', key: 'k' }],
        command: ['x'],
        args: undefined,
      }),
    ).toThrow("environment variable 'A;reboot': a shell cannot set it");
  });

  it('mounts a volume of the driver of the add-on, read-only', () => {
    expect(secretMount('addon', 'taps')).toMatchObject({
      path: '/run/secrets/taps',
      readOnly: true,
      volume: {
        name: 'secret-taps',
        source: {
          csi: {
            driver: 'secrets-store-gke.csi.k8s.io',
            readOnly: true,
            volumeAttributes: { secretProviderClass: 'taps' },
          },
        },
      },
    });
  });
});

it.each(['external-secrets', 'manual'] as const)(
  '%s: reads the same files, of a Kubernetes Secret, and refers to no key in a variable',
  (delivery) => {
    const { env, command, args, mounts } = deliver(delivery);
    expect(env).toEqual([{ name: 'B', value: 'plain' }]);
    expect(command).toEqual(deliver('addon').command);
    expect(args).toEqual(['tapline', 'meltano', 'run', 'tap', 'target']);
    expect(mounts[0]?.volume.source).toEqual({ secret: { secretName: 'taps', defaultMode: 0o440 } });
  },
);

it('keeps the names of volumes within 63 characters and apart', () => {
  const long = (end: string) => secretMount('addon', `${'s'.repeat(70)}${end}`).volume.name;
  expect(long('a').length).toBe(63);
  expect(long('a')).not.toBe(long('b'));
});

it('keeps literals literal through the expansion of Kubernetes', () => {
  const parts = fc.array(fc.constantFrom('$', '(', ')', 'A', 'PATH', ' ')).map((list) => list.join(''));
  fc.assert(
    fc.property(parts, (text) => {
      expect(expand(literal(text), { A: 'replaced', PATH: 'replaced' })).toBe(text);
    }),
    { numRuns: 500 },
  );
});

it('quotes any word so that a real shell reads it back', () => {
  const words = fc.sample(
    fc.string({ unit: 'binary-ascii' }).filter((w) => !w.includes('\0')),
    { numRuns: 50, seed: 1 },
  );
  const script = words.map((word) => `printf '%s\\0' ${shellQuote(word)}`).join('\n');
  const out = execFileSync('/bin/sh', ['-ec', script], { encoding: 'utf8' });
  expect(out.split('\0').slice(0, -1)).toEqual(words);
});

/**
 * The rules of Kubernetes, written anew from its documentation and its package `expansion`: `$$` is a dollar sign,
 * `$(NAME)` the variable, or itself where there is none.
 */
function expand(text: string, env: Record<string, string>): string {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const next = text[i + 1];
    if (text[i] !== '$' || next === undefined) {
      out += text.charAt(i);
    } else if (next === '$') {
      out += '$';
      i++;
    } else if (next === '(' && text.includes(')', i + 2)) {
      const end = text.indexOf(')', i + 2);
      const name = text.slice(i + 2, end);
      out += env[name] ?? `$(${name})`;
      i = end;
    } else {
      out += `$${next}`;
      i++;
    }
  }
  return out;
}
