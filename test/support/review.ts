import type { Change, Review } from '../../src/review';

/** A review with these changes, and whatever else is named. */
export function reviewOf(changes: readonly Partial<Change>[], more: Partial<Review> = {}): Review {
  const all = changes.map((change, at): Change => ({
    ...plainChange,
    address: `google_storage_bucket.b${String(at)}`,
    ...change,
  }));
  const summary = { create: 0, update: 0, replace: 0, delete: 0, move: 0 };
  for (const { action, drift } of all) if (!drift) summary[action] += 1;
  return {
    version: 1,
    changes: all,
    access: [],
    cost: { monthly: { before: [0, 0], after: [0, 0] }, currency: 'USD', unpriced: [] },
    gates: [],
    diagnostics: [],
    summary,
    ...more,
  };
}

const plainChange: Change = {
  system: 'terraform',
  stack: 'data',
  address: 'google_storage_bucket.b',
  previousAddress: null,
  action: 'update',
  confidence: 'certain',
  forcedBy: [],
  paths: [{ path: 'labels.team', before: 'a', after: 'b', masked: false }],
  severity: 'info',
  explanation: null,
  drift: false,
  source: { file: 'platform.yaml', line: 12, construct: 'data/buckets/b' },
};
