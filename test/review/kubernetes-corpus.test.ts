import { kubernetesCorpus, type ManifestScore, scoreOf } from '../support/kubernetes-corpus';
import type { Counts } from '../support/counts';

const corpus = kubernetesCorpus();

function figures(score: ManifestScore): string {
  const percent = ({ precision, recall, right, wanted }: Counts) =>
    `precision ${precision.toFixed(3)} recall ${recall.toFixed(3)} (${right} of ${wanted})`;
  return [
    `Kubernetes: ${corpus.length} pairs`,
    `  replace            ${percent(score.replace)}`,
    `  with its field     ${percent(score.forced)}`,
    `  update             ${percent(score.update)}`,
    `  create and delete  ${percent(score.others)}`,
    `  noise              ${score.noise} in ${score.quiet} pairs without a change`,
  ].join('\n');
}

describe('The corpus of Kubernetes', () => {
  it('is wide: many pairs, few of a template, every kind that a platform uses', () => {
    const templates = new Map<string, number>();
    for (const { template } of corpus) templates.set(template, (templates.get(template) ?? 0) + 1);
    const kinds = new Set(
      corpus.flatMap(({ base }) =>
        [...JSON.stringify(base).matchAll(/kind: (\w+)\\n/g)].map(([, kind]) => kind),
      ),
    );
    expect(corpus.length).toBeGreaterThanOrEqual(250);
    expect(Math.max(...templates.values())).toBeLessThanOrEqual(5);
    expect(kinds.size).toBeGreaterThanOrEqual(35);
  });

  it('is told as a real API server takes it', () => {
    const score = scoreOf(corpus);
    process.stdout.write(`${[figures(score), ...score.mistakes].join('\n  ')}\n`);
    expect(score.replace.precision).toBeGreaterThanOrEqual(0.99);
    expect(score.replace.recall).toBeGreaterThanOrEqual(0.99);
    expect(score.forced.recall).toBeGreaterThanOrEqual(0.99);
    expect(score.noise).toBe(0);
    // These hold for any corpus; of this one, nothing is told wrongly.
    expect(score.mistakes).toEqual([]);
  });
});
