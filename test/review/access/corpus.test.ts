import { stateOf } from '../../support/access-corpus';
import { accessBetween } from '../../support/access-sides';
import { googlePairs } from './pairs-google';
import { kubernetesPairs } from './pairs-kubernetes';

const pairs = [...googlePairs, ...kubernetesPairs];

describe('The corpus of access', () => {
  it('is wide', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(100);
    expect(new Set(pairs.map(({ name }) => name)).size).toBe(pairs.length);
  });

  it.each(pairs.map((pair) => [pair.name, pair] as const))(
    'is told rightly: %s',
    (_, { before, after, rows }) => {
      const found = accessBetween(stateOf(before), stateOf(after));
      const unexpected = found.filter(
        (row) =>
          !rows.some(
            ([principal, resource, verdict]) =>
              row.principal.includes(principal) && row.resource.includes(resource) && row.verdict === verdict,
          ),
      );
      const missing = rows.filter(
        ([principal, resource, verdict]) =>
          !found.some(
            (row) =>
              row.principal.includes(principal) && row.resource.includes(resource) && row.verdict === verdict,
          ),
      );
      expect({ unexpected, missing }).toEqual({ unexpected: [], missing: [] });
    },
  );

  it.each(pairs.map((pair) => [pair.name, pair] as const))(
    'tells nothing where nothing changes: %s',
    (_, { after }) => {
      expect(accessBetween(stateOf(after), stateOf(after))).toEqual([]);
    },
  );
});
