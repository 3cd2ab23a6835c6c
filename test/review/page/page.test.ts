import { createHash } from 'node:crypto';
import { renderPage, type Review } from '../../../src/review';
import { rowsOf } from '../../../src/review/page/data';
import { diffLines } from '../../../src/review/page/diff-lines';
import { type Filter, matches, searchText } from '../../../src/review/page/filter';
import { hostileReviews, hostileTexts } from '../../support/hostile';
import { fc } from '../../support/property';
import { reviewOf } from '../../support/review';

const everything: Filter = {
  words: [],
  action: '',
  severity: '',
  kind: '',
  unit: '',
  changes: null,
  textOf: searchText,
};

/** The data of a page, as its script reads it. */
function dataOf(page: string): { rows: { members: { address: string }[] }[] } {
  const [, json = ''] = /<script id="data" type="application\/json">(.*?)<\/script>/s.exec(page) ?? [];
  return JSON.parse(json);
}

describe('the page', () => {
  it('holds one style and one script, which its policy knows by their hashes, and allows nothing else', () => {
    const page = renderPage(reviewOf([{}]));
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(page) ?? [];
    const [, script = ''] = /<script>(.*?)<\/script>/s.exec(page) ?? [];
    expect(page).toContain(
      `content="default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'"`,
    );
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).not.toMatch(/\s(src|href|srcset|on\w+)=/);
  });

  it('has no element out of the input, whatever the input', () => {
    const tagsOf = (review: Review) =>
      renderPage(review)
        .match(/<\/?[a-z][\w-]*/gi)
        ?.join(' ');
    fc.assert(
      fc.property(hostileReviews, (review) => {
        const harmless: Review = JSON.parse(
          JSON.stringify(review, (key, value: unknown) =>
            ['message', 'because', 'name', 'file'].includes(key) && typeof value === 'string' ? 'x' : value,
          ),
        );
        expect(tagsOf(review)).toBe(tagsOf(harmless));
        expect(renderPage(review).match(/<\/script/gi)).toHaveLength(2);
      }),
      { numRuns: 20 },
    );
  });

  it.each(hostileTexts.filter((text) => !/[\n\r\u2028\ud800\u202e\u001b]/.test(text)))(
    'holds %j as it is',
    (address) => {
      const { rows } = dataOf(renderPage(reviewOf([{ address }])));
      expect(rows[0]?.members[0]?.address).toBe(address);
    },
  );

  it('shows what is masked nowhere, and says what forces a replacement', () => {
    const [row] = rowsOf(
      reviewOf([
        {
          action: 'replace',
          forcedBy: ['settings.disk'],
          paths: [
            { path: 'settings[0].disk.size', before: 1, after: 2, masked: false },
            { path: 'password', before: '(masked)', after: '(masked)', masked: true },
          ],
        },
      ]),
    );
    expect(row?.paths).toMatchObject([
      { path: 'settings[0].disk.size', forces: true },
      { path: 'password', forces: false, masked: true },
    ]);
  });

  it('puts the same edit on many into one row, and each member keeps its place in the review', () => {
    const rows = rowsOf(reviewOf([{}, { paths: [] }, {}]));
    expect(rows.map(({ members }) => members.map(({ index }) => index))).toEqual([[0, 2], [1]]);
  });

  it('begins with what is worst', () => {
    const rows = rowsOf(
      reviewOf(
        [
          { action: 'create' },
          { action: 'delete', severity: 'warning' },
          { action: 'replace', severity: 'danger' },
        ],
        {
          access: [
            {
              principal: 'allUsers',
              resource: 'bucket',
              verdict: 'broadened',
              before: null,
              after: 'viewer',
            },
          ],
        },
      ),
    );
    expect(rows.map(({ action }) => action)).toEqual(['access', 'replace', 'delete', 'create']);
  });
});

describe('the filter of the page', () => {
  const rows = rowsOf(
    reviewOf([
      {
        address: 'google_sql_database_instance.main',
        stack: 'production/data',
        severity: 'danger',
        action: 'replace',
      },
      { address: 'apps/v1/Deployment/main/web', system: 'kubernetes', stack: 'blue' },
    ]),
  );
  const found = (filter: Partial<Filter>) =>
    rows.flatMap((row) =>
      row.members.flatMap((member) =>
        matches(row, member, { ...everything, ...filter }) ? [member.address] : [],
      ),
    );
  const sql = 'google_sql_database_instance.main';
  const web = 'apps/v1/Deployment/main/web';

  it.each<[Partial<Filter>, string[]]>([
    [{}, [sql, web]],
    [{ action: 'replace' }, [sql]],
    [{ severity: 'info' }, [web]],
    [{ kind: 'Deployment' }, [web]],
    [{ unit: 'cluster blue' }, [web]],
    [{ words: ['production', 'sql'] }, [sql]],
    [{ words: ['labels.team'] }, [sql, web]],
    [{ words: ['platform.yaml:12', 'web'] }, [web]],
    [{ words: ['nobody'] }, []],
    [{ changes: new Set([1]) }, [web]],
    [{ kind: 'Deployment', action: 'replace' }, []],
  ])('by %j leaves %j', (filter, left) => {
    expect(found(filter)).toEqual(left);
  });
});

describe('the lines that differ', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });

  it('give the text before and the text after', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const diff = diffLines(before, after);
        expect(diff.filter(({ mark }) => mark !== '+').map(({ text }) => text)).toEqual(before);
        expect(diff.filter(({ mark }) => mark !== '-').map(({ text }) => text)).toEqual(after);
      }),
    );
  });

  it('are as few as can be', () => {
    expect(
      diffLines(['a', 'b', 'c', 'd'], ['a', 'x', 'c', 'd', 'e'])
        .map(({ mark }) => mark)
        .join(''),
    ).toBe(' -+  +');
  });

  it('are found for texts of any length', () => {
    const many = (n: number) => Array.from({ length: 5000 }, (_, at) => `${String(n)} ${String(at)}`);
    expect(diffLines(many(1), many(2))).toHaveLength(10_000);
  });
});
