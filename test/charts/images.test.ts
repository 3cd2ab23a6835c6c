import { loadPlatforms, usedImages } from '../../src/model';
import { synthCharts } from '../../charts/synth';
import { examples } from '../support/examples';
import { readInput } from '../../src/output';
import { everything, manifestsOf } from './platform-fixture';

/** Every text after `image` in what the charts make, in pods inside ConfigMaps as well. */
function imagesIn(value: unknown): string[] {
  if (typeof value === 'string' && value.startsWith('{"')) return imagesIn(JSON.parse(value));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === 'image' && typeof part === 'string' ? [part] : imagesIn(part),
  );
}

const platformsOf = (text: string) => loadPlatforms({ name: 'platform.yaml', text }).platforms;

describe('the images that are locked', () => {
  it.each([
    ...examples.map(([name, file]) => [name, () => readInput(file).platforms] as const),
    ['everything', () => platformsOf(everything('addon'))] as const,
    [
      'everything, with DAGs from a repository',
      () =>
        platformsOf(
          everything('manual', '    dags: { git: { url: "https://example.com/dags.git", ref: main } }'),
        ),
    ] as const,
  ])('are exactly those that the pods of %s run', (_, read) => {
    const platforms = read();
    for (const platform of platforms) {
      const manifests = manifestsOf(synthCharts(platform));
      const run = new Set(manifests.flatMap(imagesIn));
      const locked = usedImages(platform).map(({ reference }) => reference);
      expect(locked).toEqual(expect.arrayContaining([...run]));
      // That of a Meltano project that starts nothing yet is locked all the same, and those that a runner's jobs start with.
      const later = [
        ...platform.meltano.map(({ image }) => image.reference),
        ...platform.gitlabRunners.flatMap(({ jobs, helperImage }) => [
          jobs.image.reference,
          helperImage.reference,
        ]),
      ];
      expect(locked.filter((image) => !run.has(image) && !later.includes(image))).toEqual([]);
    }
  });
});
