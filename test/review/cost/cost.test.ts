import { readFileSync } from 'node:fs';
import { parsePrices, review } from '../../../src/review';
import { sideOf } from '../../support/access-sides';

const costOf = (resource: Record<string, unknown>) =>
  review(sideOf({}), sideOf({ terraform: { resource } })).cost;
const pool = (values: Record<string, unknown>) =>
  costOf({
    google_container_node_pool: {
      p: {
        location: 'us-central1',
        node_config: [{ machine_type: 'n2-standard-4', disk_type: 'pd-ssd', disk_size_gb: 100 }],
        ...values,
      },
    },
  });

// By hand: 4 × 0.031611 + 16 × 0.004237 an hour, 730 hours, and 100 GB at 0.17.
const node = (4 * 0.031611 + 16 * 0.004237) * 730 + 17;

describe('The cost of a month', () => {
  it('is a range where nodes come and go, in each zone of a region', () => {
    const { monthly, unpriced } = pool({ autoscaling: [{ min_node_count: 1, max_node_count: 2 }] });
    expect(monthly.after[0]).toBeCloseTo(3 * node, 1);
    expect(monthly.after[1]).toBeCloseTo(6 * node, 1);
    expect(monthly.before).toEqual([0, 0]);
    expect(unpriced).toEqual([]);
  });

  it('counts nodes in all zones together where the limits do', () => {
    const { monthly } = pool({ autoscaling: [{ total_min_node_count: 1, total_max_node_count: 2 }] });
    expect(monthly.after[1]).toBeCloseTo(2 * node, 1);
  });

  it.each([
    ['a series that nobody priced', { node_config: [{ machine_type: 'z9-standard-4' }] }],
    ['a region that nobody priced', { location: 'mars-central1' }],
    ['spot machines', { node_config: [{ machine_type: 'n2-standard-4', spot: true }] }],
  ])('says plainly what has no price: %s', (_, values) => {
    expect(pool(values)).toMatchObject({
      monthly: { after: [0, 0] },
      unpriced: ['google_container_node_pool.p'],
    });
  });

  it('doubles a database with a standby', () => {
    const sql = (type: string) =>
      costOf({
        google_sql_database_instance: {
          d: {
            region: 'us-central1',
            database_version: 'POSTGRES_17',
            settings: [
              {
                tier: 'db-custom-2-7680',
                availability_type: type,
                ip_configuration: [{ ipv4_enabled: false }],
              },
            ],
          },
        },
      }).monthly.after[0];
    // 60.30 for the processors and 38.33 for the memory, as the source has them, and 10 GB.
    expect(sql('ZONAL')).toBeCloseTo(60.3 + 38.33 + 1.7, 0);
    expect(sql('REGIONAL')).toBeCloseTo(2 * sql('ZONAL'), 1);
  });

  it('counts what did not change on both sides, and what is free on none', () => {
    const fixed = {
      terraform: {
        resource: {
          google_container_cluster: { c: { name: 'c' } },
          google_service_account: { a: { account_id: 'a' } },
        },
      },
    };
    expect(review(sideOf(fixed), sideOf(fixed)).cost).toEqual({
      monthly: { before: [73, 73], after: [73, 73] },
      currency: 'USD',
      unpriced: [],
    });
  });
});

describe('The table of prices', () => {
  const text = readFileSync('data/google-prices.json', 'utf8');

  it('names a source and a day for every price', () => {
    expect(typeof parsePrices(text)).toBe('object');
  });

  it.each([
    ['is not JSON', '{', 'not JSON'],
    ['lacks a part', '{"sources":{}}', 'machines'],
    ['names no source', text.replace('"source": "calculator"', '"source": "somebody"'), 'source'],
    ['says no day', text.replace('2025-03-06', 'lately'), 'date'],
    [
      'has a price below nothing',
      text.replace('"publicAddressMonth": 7.3', '"publicAddressMonth": -1'),
      'publicAddressMonth',
    ],
  ])('fails where one of a user %s', (_, own, message) => {
    expect(parsePrices(own)).toContain(message);
  });
});
