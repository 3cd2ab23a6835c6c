import {
  isHeldOut,
  type LabelledPair,
  type Score,
  scoreOf,
  terraformCorpus,
} from '../support/terraform-corpus';

const corpus = terraformCorpus();

function typesIn(pairs: readonly LabelledPair[]): ReadonlySet<string> {
  const types = new Set<string>();
  for (const { base, head } of pairs) {
    for (const document of [base, head]) {
      const stacks = Object.values((document.stacks ?? { only: document }) as Record<string, any>);
      for (const { resource = {} } of stacks) Object.keys(resource).forEach((type) => types.add(type));
    }
  }
  return types;
}

function figures(name: string, pairs: readonly LabelledPair[], score: Score): string {
  const percent = ({ precision, recall, right, wanted }: Score['replace']) =>
    `precision ${precision.toFixed(3)} recall ${recall.toFixed(3)} (${right} of ${wanted})`;
  return [
    `${name}: ${pairs.length} pairs`,
    `  replace            ${percent(score.replace)}`,
    `  with its attribute ${percent(score.forced)}`,
    `  update             ${percent(score.update)}`,
    `  move               F1 ${score.move.f1.toFixed(3)} (${score.move.right} of ${score.move.wanted})`,
    `  noise              ${score.noise} in ${score.quiet.pairs} pairs without a change`,
  ].join('\n');
}

describe('The corpus of Terraform', () => {
  it('is wide: many pairs, few of a template, many types', () => {
    const templates = new Map<string, number>();
    for (const { template } of corpus) templates.set(template, (templates.get(template) ?? 0) + 1);
    expect(corpus.length).toBeGreaterThanOrEqual(250);
    expect(Math.max(...templates.values())).toBeLessThanOrEqual(5);
    expect(typesIn(corpus).size).toBeGreaterThanOrEqual(40);
  });

  it.each([
    ['templates that were looked at', false],
    ['templates held out', true],
  ])('is told as Terraform and the provider plan it: %s', (name, heldOut) => {
    const pairs = corpus.filter((pair) => isHeldOut(pair) === heldOut);
    const score = scoreOf(pairs);
    process.stdout.write(`${[figures(name, pairs, score), ...score.mistakes].join('\n  ')}\n`);
    // The thresholds below are what must hold for any corpus; of this one, nothing is told wrongly.
    expect(score.mistakes).toEqual([]);
  });

  it('meets its thresholds as a whole', () => {
    const score = scoreOf(corpus);
    expect(score.replace.precision).toBeGreaterThanOrEqual(0.99);
    expect(score.replace.recall).toBeGreaterThanOrEqual(0.99);
    expect(score.forced.precision).toBeGreaterThanOrEqual(0.99);
    expect(score.forced.recall).toBeGreaterThanOrEqual(0.99);
    expect(score.move.f1).toBeGreaterThanOrEqual(0.97);
    expect(score.noise).toBe(0);
  });
});
