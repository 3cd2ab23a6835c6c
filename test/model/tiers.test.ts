import { tierProblem } from '../../src/model/tiers';

const path = ['databases', 'main', 'tier'];
const check = (
  tier: string,
  highAvailability = false,
  edition: 'ENTERPRISE' | 'ENTERPRISE_PLUS' = 'ENTERPRISE',
) => tierProblem({ tier, edition, highAvailability }, path, 'db-custom-1-3840');

it.each([
  'db-custom-1-3840',
  'db-custom-1-6656',
  'db-custom-2-13312',
  'db-custom-4-3840',
  'db-custom-8-7424',
  'db-custom-96-88576',
  'db-custom-96-638976',
  'db-f1-micro',
  'db-g1-small',
])('takes %s', (tier) => {
  expect(check(tier)).toBeUndefined();
});

it.each([
  ['db-custom-1-3839', 'db-custom-1-3840'],
  ['db-custom-1-6912', 'db-custom-1-6656'],
  ['db-custom-0-3840', 'db-custom-1-3840'],
  ['db-custom-3-11520', 'db-custom-4-11520'],
  ['db-custom-8-7168', 'db-custom-8-7424'],
  ['db-custom-98-100000', 'db-custom-96-100096'],
  ['db-custom-02-7680', 'db-custom-2-7680'],
])('fails for %s and names %s', (tier, nearest) => {
  expect(check(tier)).toMatchObject({ path, found: tier, fix: `the nearest is ${nearest}` });
  expect(check(nearest)).toBeUndefined();
});

it('fails for a standby of a tier with a shared CPU', () => {
  expect(check('db-g1-small', true)?.message).toBe('a tier with a shared CPU cannot have a standby');
});

it('fails for a tier of the other edition, with one that is as large', () => {
  expect(check('db-custom-6-30720', false, 'ENTERPRISE_PLUS')?.fix).toMatch('db-perf-optimized-N-8,');
  expect(check('db-perf-optimized-N-8')?.fix).toMatch('edition: ENTERPRISE_PLUS');
  expect(check('db-perf-optimized-N-8', true, 'ENTERPRISE_PLUS')).toBeUndefined();
});
