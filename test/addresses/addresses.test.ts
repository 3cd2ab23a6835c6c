import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthCharts } from '../../charts/synth';
import { readInput } from '../../src/output';
import { synthStacks } from '../../stacks';
import { examples } from '../support/examples';
import knownMoves from './moved.json';
import { compareAddresses, explainDifference, type KnownMove } from './recorded';

const moves: readonly KnownMove[] = knownMoves;
const update = process.env.TAPLINE_UPDATE_GOLDENS === '1';

/** One-off Jobs, and what only they read, are called after their content: another content is another Job, by design. */
function withoutContentHash(address: string): string {
  return address.replace(/^((?:batch\/v1\/Job|v1\/ConfigMap)\/.*)-[0-9a-f]{8}$/, '$1-HASH');
}

/** Every address of an example: `[ENVIRONMENT ]UNIT ADDRESS`. */
function addressesOf(file: string): string[] {
  return readInput(file)
    .platforms.flatMap((platform) =>
      [synthStacks(platform), synthCharts(platform)].flatMap(({ sources }) =>
        sources.map(({ unit, address }) =>
          [platform.environment ?? [], unit, withoutContentHash(address)].flat().join(' '),
        ),
      ),
    )
    .sort();
}

describe.each(examples)('the addresses of %s', (name, file) => {
  const recordedFile = join(__dirname, `${name}.txt`);
  const recorded = existsSync(recordedFile)
    ? readFileSync(recordedFile, 'utf8').split('\n').filter(Boolean)
    : [];

  it('are the recorded ones: who updates tapline loses nothing', () => {
    const present = addressesOf(file);
    const difference = compareAddresses(recorded, present, moves);
    // What is lost is never unrecorded by an update: a person has to see it go.
    if (update) writeFileSync(recordedFile, `${[...present, ...difference.lost].sort().join('\n')}\n`);
    expect(explainDifference(name, update ? { ...difference, added: [] } : difference)).toBe('');
  });
});

it('says of every move in docs/upgrading.md what it means for whoever updates', () => {
  const upgrading = readFileSync(join(__dirname, '../../docs/upgrading.md'), 'utf8');
  for (const { from, to } of moves) {
    expect(upgrading).toContain(from.split(' ').at(-1));
    expect(upgrading).toContain(to.split(' ').at(-1));
  }
});

describe('the comparison with what was recorded', () => {
  const recorded = ['stacks/data google_sql_database_instance.main', 'stacks/data google_sql_user.main_a'];

  it('has nothing to say where nothing changed', () => {
    expect(explainDifference('x', compareAddresses(recorded, recorded, []))).toBe('');
  });

  it('fails for an address that changed', () => {
    const present = ['stacks/data google_sql_database_instance.primary', recorded[1]!];
    const difference = compareAddresses(recorded, present, []);
    expect(difference).toEqual({ lost: [recorded[0]], added: [present[0]] });
    expect(explainDifference('x', difference)).toMatch(/are gone.*instance\.main.*moved.*not recorded/s);
  });

  it('fails for an address that disappeared', () => {
    expect(compareAddresses(recorded, recorded.slice(1), [])).toEqual({ lost: [recorded[0]], added: [] });
  });

  it('takes a known move for the same address, and only if it leads somewhere', () => {
    const to = 'stacks/data google_sql_database_instance.primary';
    const known = [{ from: recorded[0]!, to }];
    expect(compareAddresses(recorded, [to, recorded[1]!], known)).toEqual({ lost: [], added: [] });
    expect(compareAddresses(recorded, recorded.slice(1), known).lost).toEqual([recorded[0]]);
  });
});
