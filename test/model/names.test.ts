import { fit, fitBucket, limits, serviceAccountLimit, shortHash } from '../../src/model/names';
import { fc } from '../support/property';

it('joins with hyphens and keeps what fits', () => {
  expect(fit(30, 'acme-staging', 'meltano-elt')).toBe('acme-staging-meltano-elt');
});

it('keeps a name of exactly the limit', () => {
  expect(fit(10, 'abcde', 'fghi')).toBe('abcde-fghi');
});

it('shortens with a hash that never changes', () => {
  // Written out: a change of these names recreates what has them.
  expect(fit(30, 'acme-production', 'meltano-everything-we-have')).toBe('acme-production-melta-2c1b2a92');
  expect(shortHash('tapline')).toBe('88b51aac');
});

it('keeps names apart that begin alike', () => {
  const names = ['one', 'two', 'six'].map((end) => fit(30, `${'x'.repeat(40)}-${end}`));
  expect(new Set(names).size).toBe(3);
});

it('never exceeds the limit nor ends a part with a hyphen', () => {
  const key = fc.stringMatching(/^[a-z][a-z0-9]{0,20}(-[a-z0-9]{1,10}){0,4}$/);
  fc.assert(
    fc.property(
      fc.integer({ min: 20, max: 63 }),
      fc.array(key, { minLength: 1, maxLength: 3 }),
      (limit, parts) => {
        const name = fit(limit, ...parts);
        expect(name.length).toBeLessThanOrEqual(limit);
        expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      },
    ),
    { numRuns: 200 },
  );
});

it.each(['google-ads', 'my-g00gle', 'goog-lists', 'search-google-google', 'googoogle', 'googoogleogle'])(
  'gives the bucket of %s a name that Google takes',
  (key) => {
    const name = fitBucket(key, 'state');
    expect(name).not.toMatch(/^goog|g[o0]{2}gle/);
    expect(name).toMatch(/^[a-z0-9][-a-z0-9]{1,61}[a-z0-9]$/);
    expect(name).not.toBe(
      fitBucket(key.replaceAll('google', 'g').replaceAll('g00gle', 'g').replaceAll('goog', 'g'), 'state'),
    );
  },
);

it('leaves other buckets alone', () => {
  expect(fitBucket('acme-data', 'acme', 'state-elt')).toBe('acme-data-acme-state-elt');
  expect(fitBucket('a'.repeat(70)).length).toBe(limits.bucket);
});

it('leaves room for the login of Cloud SQL, which holds the project', () => {
  expect(serviceAccountLimit('acme-data')).toBe(30);
  const longest = 'acme-project-of-30-characters1';
  expect(serviceAccountLimit(longest)).toBe(28);
  expect(`${'x'.repeat(28)}@${longest}.iam`.length).toBe(63);
});
