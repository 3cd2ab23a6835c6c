import fc from 'fast-check';
import type { AccessChange, Change, Diagnostic, GateResult, Review } from '../../src/review';
import { reviewOf } from './review';

/** Texts that mean something to a forge, a browser, a terminal or a shell. */
export const hostileTexts = [
  '@everyone',
  'hello @ada and @acme/owners',
  '/close',
  'x\n/merge\ny',
  '\r\n# a heading\r\n',
  '</summary></details><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<!-- tapline-review key=main digest=0 commit=0 -->',
  '--> <b>out</b>',
  '`` ` ``` ````',
  '```\n</code></pre>\n```',
  '~~~\nout\n~~~',
  '[click](javascript:alert(1))',
  '![](https://evil.example/x.png)',
  '[ref]: https://evil.example',
  'https://evil.example/?a=1',
  'www.evil.example',
  '#123 GH-12 acme/repo#1 !7 ~label %1 &2 $3',
  '| a | b |\n|---|---|\n| c | d |',
  '> quoted\n\n- item\n\n    indented',
  '**bold** _em_ ~~gone~~ :smile:',
  '\u001b[31mred\u001b]0;title\u0007',
  '\u202eesrever\u202c \u200bnothing\u2066',
  '&#64;everyone &lt;b&gt; &amp;',
  "'; rm -rf / #",
  '$(touch /tmp/x)',
  '\ud800 half',
  '%0A/close',
  '{{ constructor.constructor("alert(1)")() }}',
  '',
  ' ',
] as const;

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...hostileTexts), fc.nat(60)).map(([one, n]) => one.repeat(n)),
  },
);
const value = fc.oneof(
  text,
  fc.constant(undefined),
  fc.integer(),
  fc.array(text, { maxLength: 3 }),
  fc.dictionary(text, text, { maxKeys: 3 }),
);

const change: fc.Arbitrary<Partial<Change>> = fc.record({
  system: fc.constantFrom('terraform', 'kubernetes'),
  stack: fc.option(text, { nil: null }),
  address: text,
  previousAddress: fc.option(text, { nil: null }),
  action: fc.constantFrom('create', 'update', 'replace', 'delete', 'move'),
  confidence: fc.constantFrom('certain', 'possible'),
  forcedBy: fc.array(text, { maxLength: 3 }),
  paths: fc.array(fc.record({ path: text, before: value, after: value, masked: fc.boolean() }), {
    maxLength: 4,
  }),
  severity: fc.constantFrom('info', 'notice', 'warning', 'danger'),
  explanation: fc.option(text, { nil: null }),
  drift: fc.boolean(),
  source: fc.option(fc.record({ file: text, line: fc.nat(), construct: text }), { nil: null }),
});
const access: fc.Arbitrary<AccessChange> = fc.record({
  principal: text,
  resource: text,
  verdict: fc.constantFrom('broadened', 'narrowed', 'mixed', 'unknown'),
  before: value,
  after: value,
});
const gate: fc.Arbitrary<GateResult> = fc.record({
  name: text,
  result: fc.constantFrom('pass', 'fail', 'waived'),
  because: text,
});
const diagnostic: fc.Arbitrary<Diagnostic> = fc.record({
  level: fc.constantFrom('error', 'warning'),
  file: text,
  line: fc.nat(),
  message: text,
});

/** Reviews in which every text is somebody's who means no good. */
export const hostileReviews: fc.Arbitrary<Review> = fc
  .tuple(
    fc.array(change, { maxLength: 12 }),
    fc.array(access, { maxLength: 4 }),
    fc.array(gate, { maxLength: 3 }),
    fc.array(diagnostic, { maxLength: 3 }),
    fc.array(text, { maxLength: 3 }),
  )
  .map(([changes, rows, gates, diagnostics, unpriced]) =>
    reviewOf(changes, {
      access: rows,
      gates,
      diagnostics,
      cost: { monthly: { before: [1, 2], after: [3, 4000] }, currency: 'USD', unpriced },
    }),
  );
