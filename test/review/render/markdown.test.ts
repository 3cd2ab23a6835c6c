import MarkdownIt from 'markdown-it';
import { markdownLimit, renderMarkdown, type Review } from '../../../src/review';
import { hostileReviews, hostileTexts } from '../../support/hostile';
import { fc } from '../../support/property';
import { reviewOf } from '../../support/review';

const parser = new MarkdownIt('default', { html: true, linkify: true });
const bytes = (text: string) => Buffer.byteLength(text, 'utf8');

/** What is left of a comment when code is taken out: whatever a forge may take for more than text stands here. */
function outsideOfCode(markdown: string): { readonly text: string; readonly kinds: ReadonlySet<string> } {
  const tokens = parser.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  const html = (content: string) => content.replace(/<code>[^<]*<\/code>/g, '');
  return {
    text: tokens
      .map(({ type, content }) =>
        type === 'text' ? content : type === 'html_block' || type === 'html_inline' ? html(content) : '',
      )
      .join('\n'),
    kinds: new Set(tokens.map(({ type }) => type.replace(/_(open|close)$/, ''))),
  };
}

/** A review in which everything differs, so that nothing can be told once for many. */
function large(size: number, action: (at: number) => 'create' | 'update' | 'replace' | 'delete'): Review {
  return reviewOf(
    Array.from({ length: size }, (_, at) => ({
      action: action(at),
      severity: action(at) === 'update' || action(at) === 'create' ? ('info' as const) : ('danger' as const),
      address: `google_storage_bucket.bucket-number-${String(at)}`,
      forcedBy: action(at) === 'replace' ? ['location'] : [],
      paths: [
        {
          path: 'location',
          before: `before-${String(at)}`,
          after: `after-${String(at)} ${'x'.repeat(300)}`,
          masked: false,
        },
      ],
      explanation: action(at) === 'replace' ? `It is lost, number ${String(at)}.` : null,
    })),
  );
}

describe('the comment', () => {
  it('tells the same edit on a hundred objects once, with their number', () => {
    const markdown = renderMarkdown(
      reviewOf(
        Array.from({ length: 100 }, (_, at) => ({
          system: 'kubernetes' as const,
          address: `apps/v1/Deployment/main/app-${String(at)}`,
          paths: [{ path: 'spec.replicas', before: 1, after: 2, masked: false }],
        })),
      ),
    );
    expect(markdown.match(/<summary>/g)).toHaveLength(1);
    expect(markdown).toContain('<summary><b>update</b> 100 <code>Deployment</code></summary>');
    expect(markdown.match(/@@ spec\.replicas @@\n- 1\n\+ 2/g)).toHaveLength(1);
  });

  it('tells what is destroyed before everything else, with its reason and its line', () => {
    const markdown = renderMarkdown(
      reviewOf([
        { action: 'create', address: 'google_compute_address.new' },
        {
          action: 'replace',
          severity: 'danger',
          address: 'google_sql_database_instance.main',
          forcedBy: ['region'],
          paths: [{ path: 'region', before: 'us-west1', after: 'us-east1', masked: false }],
          explanation: '`region` cannot change in place.',
        },
      ]),
    );
    expect(markdown).toContain(
      '- 🔴 **replace** `google_sql_database_instance.main` in `data` from `platform.yaml:12` forced by `region` (`us-west1` → `us-east1`)\n  `region` cannot change in place.\n',
    );
    expect(markdown.indexOf('**replace**')).toBeLessThan(
      markdown.indexOf('**create** `google_compute_address.new`'),
    );
  });

  it('has what is to be pasted in a block of its own', () => {
    const markdown = renderMarkdown(
      reviewOf([{ action: 'move', severity: 'danger', explanation: 'Paste: `moved {\n  from = a.b\n}`' }]),
    );
    expect(markdown).toContain('  Paste:\n\n  ```\n  moved {\n    from = a.b\n  }\n  ```\n');
  });

  it('says who gains access, what it means and how to do without', () => {
    const markdown = renderMarkdown(
      reviewOf([], {
        access: [
          {
            principal: 'allUsers',
            resource: 'google_storage_bucket.raw',
            verdict: 'broadened',
            before: null,
            after: ['roles/storage.objectViewer'],
          },
        ],
      }),
    );
    expect(markdown).toContain('🔴 **broadened** `allUsers` on `google_storage_bucket.raw`');
    expect(markdown).toContain('Anybody on the internet');
    expect(markdown).toContain('+ roles/storage.objectViewer');
  });

  it('never shows what is masked', () => {
    const review = reviewOf([
      { paths: [{ path: 'password', before: '(masked)', after: '(masked)', masked: true }] },
    ]);
    expect(renderMarkdown(review)).toContain('@@ password: changed, not shown @@');
  });

  it('stays within its limit for ten thousand changes that have nothing in common, and counts the rest', () => {
    const markdown = renderMarkdown(
      large(10_000, (at) => (at % 100 === 0 ? 'delete' : at % 2 === 0 ? 'create' : 'replace')),
    );
    expect(bytes(markdown)).toBeLessThanOrEqual(markdownLimit);
    expect(bytes(markdown)).toBeGreaterThan(0.8 * markdownLimit);
    expect(markdown).toContain('### No room for');
  });

  it('drops what only changes before any name of what is destroyed', () => {
    const markdown = renderMarkdown(
      large(6000, (at) => (at % 40 === 0 ? 'delete' : at % 50 === 1 ? 'replace' : 'update')),
    );
    for (let at = 0; at < 6000; at += 40)
      expect(markdown).toContain(`\`google_storage_bucket.bucket-number-${String(at)}\``);
    for (let at = 1; at < 6000; at += 50) {
      if (at % 40 !== 0) expect(markdown).toContain(`\`google_storage_bucket.bucket-number-${String(at)}\``);
    }
    expect(bytes(markdown)).toBeLessThanOrEqual(markdownLimit);
  });

  it('stays within its limit where the names alone are far longer', () => {
    const long = '💥'.repeat(1000);
    const markdown = renderMarkdown(
      reviewOf(
        Array.from({ length: 500 }, (_, at) => ({
          action: 'replace' as const,
          severity: 'danger' as const,
          address: `${String(at)}${long}`,
          forcedBy: [long],
          paths: [{ path: long, before: long, after: `${long}${String(at)}`, masked: false }],
          explanation: `${String(at)} ${long}`,
        })),
        {
          access: Array.from({ length: 100 }, () => ({
            principal: long,
            resource: long,
            verdict: 'unknown' as const,
            before: long,
            after: long,
          })),
          diagnostics: Array.from({ length: 100 }, () => ({
            level: 'error' as const,
            file: long,
            line: 1,
            message: long,
          })),
          gates: Array.from({ length: 100 }, () => ({ name: long, result: 'fail' as const, because: long })),
        },
      ),
    );
    expect(bytes(markdown)).toBeLessThanOrEqual(markdownLimit);
  });

  it('is at most as long as a forge takes, and keeps every text from outside within code, whatever the input', () => {
    fc.assert(
      fc.property(hostileReviews, (review) => {
        const markdown = renderMarkdown(review);
        expect(bytes(markdown)).toBeLessThanOrEqual(markdownLimit);
        const { text, kinds } = outsideOfCode(markdown);
        expect([...kinds].filter((kind) => !allowedKinds.has(kind))).toEqual([]);
        expect(text.replace(/<\/?(details|summary|b)>/g, '')).not.toMatch(
          /[<@#`~|[\]\\/]|&(?!lt|gt|quot|amp|#39)|evil|alert/,
        );
        // GitLab reads commands line by line, before it reads Markdown.
        expect(markdown).not.toMatch(/^\s*\/\w/m);
        expect(markdown).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/,
        );
      }),
      { numRuns: 40 },
    );
  });

  it.each(hostileTexts.filter((text) => /@|https?:|www|<|^\/|\n\//.test(text)))('keeps %j text', (text) => {
    const review = reviewOf([
      {
        address: text,
        action: 'delete',
        severity: 'danger',
        explanation: text,
        forcedBy: [text],
        source: { file: text, line: 1, construct: text },
      },
    ]);
    const { text: outside } = outsideOfCode(renderMarkdown(review));
    expect(outside).not.toMatch(/@|evil|alert|onerror|<!--/);
  });
});

const allowedKinds = new Set([
  'heading',
  'inline',
  'text',
  'strong',
  'bullet_list',
  'list_item',
  'paragraph',
  'softbreak',
  'code_inline',
  'fence',
  'html_block',
]);
