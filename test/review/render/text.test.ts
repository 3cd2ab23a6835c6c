import { createColors } from 'picocolors';
import { renderText } from '../../../src/review';
import { hostileReviews } from '../../support/hostile';
import { fc } from '../../support/property';
import { reviewOf } from '../../support/review';

const plainText = (review: Parameters<typeof renderText>[0], columns = 100) =>
  renderText(review, { colors: createColors(false), columns });

describe('the text', () => {
  it('begins with the numbers, most serious first', () => {
    const text = plainText(
      reviewOf([
        { action: 'create' },
        { action: 'update' },
        { action: 'delete', severity: 'danger' },
        { action: 'replace' },
      ]),
    );
    expect(text.split('\n')[0]).toBe('1 to delete, 1 to replace, 1 to update, 1 to create');
  });

  it('says that nothing changes only where everything was reviewed', () => {
    expect(plainText(reviewOf([]))).toBe('Nothing changes\n');
    const broken = reviewOf([], {
      diagnostics: [{ level: 'error', file: 'dist/a.yaml', line: 3, message: 'this is not YAML' }],
    });
    expect(plainText(broken)).toMatch(
      /^Not everything could be reviewed[^]*error dist\/a\.yaml:3\n +this is not YAML/,
    );
  });

  it('tells the same edit on a hundred objects once', () => {
    const text = plainText(
      reviewOf(
        Array.from({ length: 100 }, (_, at) => ({
          system: 'kubernetes' as const,
          stack: 'main',
          address: `apps/v1/Deployment/main/app-${String(at)}`,
          paths: [{ path: 'spec.replicas', before: 1, after: 2, masked: false }],
        })),
      ),
    );
    expect(text).toContain('~ update    100 Deployment\n              spec.replicas: 1 → 2\n');
    expect(text).toMatch(/app-0,\s[^]*app-1,\s[^]* and \d+ more/);
    expect(text.split('\n').length).toBeLessThan(12);
  });

  it('tells objects that differ in the values alone as one, where nothing is lost', () => {
    const edits = Array.from({ length: 50 }, (_, at) => ({
      address: `google_storage_bucket.b${String(at)}`,
      paths: [{ path: 'labels.hash', before: `a${String(at)}`, after: `b${String(at)}`, masked: false }],
    }));
    expect(plainText(reviewOf(edits))).toContain(
      '50 google_storage_bucket\n              labels.hash: different values',
    );
    const lost = edits.map((edit) => ({ ...edit, action: 'replace' as const, severity: 'danger' as const }));
    expect(plainText(reviewOf(lost))).toContain('labels.hash: a49 → b49');
  });

  it('names everything that is destroyed, with the line that asks for it', () => {
    const text = plainText(
      reviewOf(
        Array.from({ length: 30 }, () => ({ action: 'delete' as const, severity: 'danger' as const })),
      ),
    );
    for (let at = 0; at < 30; at += 1)
      expect(text).toContain(`google_storage_bucket.b${String(at)}  data  platform.yaml:12`);
  });

  it('shows long values by the lines that differ', () => {
    const [before, after] = [1, 2].map((n) =>
      Array.from({ length: 40 }, (_, at) => (at === 20 ? `line ${String(n)}` : 'same')).join('\n'),
    );
    const text = plainText(reviewOf([{ paths: [{ path: 'spec.script', before, after, masked: false }] }]));
    expect(text).toMatch(/spec\.script:\n +same\n +- line 1\n +\+ line 2\n +same\n/);
  });

  it.each([60, 80, 200])('breaks sentences at %i columns', (columns) => {
    const text = plainText(reviewOf([{ explanation: 'a word '.repeat(100) }]), columns);
    expect(
      Math.max(...text.split('\n').flatMap((line) => (line.includes('word') ? line.length : []))),
    ).toBeLessThanOrEqual(columns);
  });

  it('colours only where that was asked for', () => {
    const review = reviewOf([{ action: 'delete', severity: 'danger' }]);
    expect(plainText(review)).not.toContain('\u001b');
    expect(renderText(review, { colors: createColors(true), columns: 80 })).toContain('\u001b[31m');
  });

  it('lets nothing through that a terminal would obey, whatever the input', () => {
    fc.assert(
      fc.property(hostileReviews, (review) => {
        expect(plainText(review)).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/,
        );
      }),
      { numRuns: 40 },
    );
  });
});
