import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, formatPath } from '../../src/config';
import { loadPlatforms } from '../../src/model';

const folder = join(__dirname, 'fixtures');
const names = readdirSync(folder).sort();

interface Expected {
  readonly place: string;
  readonly allowed?: string;
  readonly fix?: string;
}

/** The comment at the top of a fixture: `# expect: LINE:COLUMN PATH: message`, `# allowed: …`, `# fix: …`. */
function expectedOf(text: string): Expected[] {
  const expected: { place: string; allowed?: string; fix?: string }[] = [];
  for (const line of text.split('\n')) {
    const [, kind, rest = ''] = /^# (expect|allowed|fix): (.*)$/.exec(line) ?? [];
    if (kind === undefined) break;
    if (kind === 'expect') expected.push({ place: rest });
    else Object.assign(expected.at(-1) ?? {}, { [kind]: rest });
  }
  return expected;
}

function refusalOf(name: string): ConfigError {
  try {
    loadPlatforms({ name, text: readFileSync(join(folder, name), 'utf8') });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error(`${name} was accepted`);
}

const refused = names.filter((name) => name.endsWith('.error.yaml'));
const accepted = names.filter((name) => name.endsWith('.ok.yaml'));

it('has fixtures, each of which says in its name what is expected', () => {
  expect(names.filter((name) => !/\.(error|ok)\.yaml$/.test(name))).toEqual([]);
  expect(refused.length).toBeGreaterThan(150);
  expect(accepted.length).toBeGreaterThan(8);
});

describe.each(refused)('%s', (name) => {
  it('fails with exactly these problems, in the order of the file', () => {
    const { problems } = refusalOf(name);
    const told = problems.map(({ problem, range }) => {
      const path = problem.path.length === 0 ? '' : ` ${formatPath(problem.path)}`;
      return {
        place: `${range.line}:${range.column}${path}: ${problem.message}`,
        ...(problem.allowed === undefined ? {} : { allowed: problem.allowed }),
        ...(problem.fix === undefined ? {} : { fix: problem.fix }),
      };
    });
    expect(told).toEqual(expectedOf(readFileSync(join(folder, name), 'utf8')));
  });

  it('fails with a text that shows each place, what was found, what is allowed and the fix', () => {
    const { problems, rendered } = refusalOf(name);
    expect(rendered.split('\n\n').at(-1)).toBe(
      `${problems.length} problem${problems.length === 1 ? '' : 's'} in ${name}; nothing was written.`,
    );
    let from = 0;
    for (const { problem, range } of problems) {
      const at = rendered.indexOf(`${name}:${range.line}:${range.column} error`, from);
      expect(at).toBeGreaterThanOrEqual(from);
      from = at + 1;
      const block = rendered.slice(at);
      expect(block.split('\n')[0]).toContain(problem.message);
      expect(block).toMatch(new RegExp(`^  > +${range.line} \\|`, 'm'));
      expect(problem.fix).toBeDefined();
      expect(block).toContain(`  fix      ${problem.fix ?? ''}`);
      if (problem.allowed !== undefined) expect(block).toContain(`  allowed  ${problem.allowed}`);
      if (problem.found !== undefined) expect(block).toContain(`  found    ${problem.found}`);
    }
  });

  it('shows no credential in its text or its problems', () => {
    const { problems, rendered } = refusalOf(name);
    const told = `${rendered}${JSON.stringify(problems)}`;
    expect(told).not.toMatch(/Tr0ub4dor|73519482/);
  });
});

it.each(accepted)('accepts %s', (name) => {
  const { platforms } = loadPlatforms({ name, text: readFileSync(join(folder, name), 'utf8') });
  expect(platforms.length).toBeGreaterThan(0);
});
