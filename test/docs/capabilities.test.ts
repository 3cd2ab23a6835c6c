import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const rows = readFileSync(join(root, 'docs/capabilities.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| [a-z]+-\d\d /.test(line))
  .map(
    (line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()) as [string, string, string, string, string],
  );

const ids = [
  ...numbered('gke', 20),
  ...numbered('elt', 16),
  ...numbered('data', 47),
  ...numbered('vm', 5),
  ...numbered('astro', 5),
];

function numbered(prefix: string, last: number): string[] {
  return Array.from({ length: last }, (_, i) => `${prefix}-${String(i + 1).padStart(2, '0')}`);
}

describe('docs/capabilities.md', () => {
  test('has every row once, in order', () => {
    expect(rows.map(([id]) => id)).toEqual(ids);
  });

  test.each(rows)(
    '%s says planned, declines with a reason, or claims tests that exist and run',
    (_id, _what, setting, output, proof) => {
      if (proof === 'planned') return;
      if (proof.startsWith('declined: ')) {
        expect(proof.length).toBeGreaterThan('declined: '.length + 20);
        return;
      }
      expect(setting).not.toBe('');
      expect(output).not.toBe('');
      const claims = [...proof.matchAll(/`([^`]+)` › (.+?)(?=; `|$)/g)];
      expect(claims.length).toBeGreaterThan(0);
      for (const [, file, title] of claims) expect(titlesOf(file!)).toContain(title);
    },
  );
});

/** Titles of the tests of a file that are not skipped; those of tables as they are written. */
function titlesOf(file: string): string[] {
  const path = join(root, file);
  if (!existsSync(path)) throw new Error(`${file} does not exist`);
  const text = readFileSync(path, 'utf8');
  if (/\b(describe|it|test)\.(skip|only)\b|\bx(it|test|describe)\(/.test(text)) {
    throw new Error(`${file} skips tests`);
  }
  // The first argument of a test, the title after a table, and the first cell of each row of a table.
  const titles = /(?:\b(?:it|test)\(|\]\)\(|^\s*\[)\s*'((?:[^'\\\n]|\\.)+)'/gm;
  return [...text.matchAll(titles)].map(([, title]) => title!);
}
