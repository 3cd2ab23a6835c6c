import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { review, type Change, type Review, type Side } from '../../src/review';

// terraform show -json of Terraform 1.11.4 and google 6.50.0, of the state and the head that stand beside the plan.
const real = JSON.parse(readFileSync(join(__dirname, 'corpus/plan.json'), 'utf8')) as {
  base: Record<string, unknown>;
  head: Record<string, unknown>;
  plan: Record<string, any>;
};

function side(...stacks: readonly (readonly [string, unknown])[]): Side {
  return {
    stacks: new Map(
      stacks.map(([name, value]) => [name, [{ file: 'cdk.tf.json', text: JSON.stringify(value) }]]),
    ),
    clusters: new Map(),
    sources: new Map(),
    diagnostics: [],
    empty: false,
  };
}

function planned(plan: unknown, base: unknown = real.base, head: unknown = real.head): Review {
  const text = typeof plan === 'string' ? plan : JSON.stringify(plan);
  return review(side(['data', base]), side(['data', head]), { plans: [{ file: 'plan.json', text }] });
}

function at(found: Review, address: string): Change | undefined {
  return found.changes.find((change) => change.address === address);
}

describe('A plan', () => {
  it('makes certain what was only possible without it', () => {
    const head = structuredClone(real.head) as any;
    delete head.resource.google_compute_address.a.ip_version;
    const without = review(side(['data', real.base]), side(['data', head]));
    expect(at(without, 'google_compute_address.a')).toMatchObject({
      action: 'replace',
      confidence: 'possible',
    });
    const found = planned(real.plan);
    expect(found.diagnostics).toEqual([]);
    expect(at(found, 'google_compute_address.a')).toMatchObject({
      action: 'replace',
      confidence: 'certain',
      forcedBy: ['ip_version'],
    });
    expect(at(found, 'google_storage_bucket.b')).toMatchObject({ action: 'replace', forcedBy: ['location'] });
    expect(found.changes.every(({ confidence }) => confidence === 'certain')).toBe(true);
  });

  it('does not know of a rename that the review knows of', () => {
    expect(at(planned(real.plan), 'google_storage_bucket.new')).toMatchObject({
      action: 'move',
      previousAddress: 'google_storage_bucket.old',
      severity: 'danger',
    });
    expect(at(planned(real.plan), 'google_storage_bucket.old')).toBeUndefined();
  });

  it('takes back what it does not do', () => {
    const changes = real.plan.resource_changes.map((entry: any) =>
      entry.address === 'google_compute_address.a'
        ? { ...entry, change: { ...entry.change, actions: ['no-op'] } }
        : entry,
    );
    expect(
      at(planned({ ...real.plan, resource_changes: changes }), 'google_compute_address.a'),
    ).toBeUndefined();
  });

  it('adds what others changed, as drift that no summary counts', () => {
    const entry = {
      address: 'google_pubsub_topic.t',
      mode: 'managed',
      type: 'google_pubsub_topic',
      name: 't',
      change: {
        actions: ['update'],
        before: { name: 't', labels: { x: 'by-hand' } },
        after: { name: 't', labels: { x: 'y' } },
        after_unknown: {},
        before_sensitive: {},
        after_sensitive: {},
      },
    };
    const others = real.plan.resource_changes.filter((one: any) => one.address !== entry.address);
    const found = planned({ ...real.plan, resource_changes: [...others, entry], resource_drift: [entry] });
    expect(at(found, entry.address)).toMatchObject({
      action: 'update',
      drift: true,
      paths: [{ path: 'labels.x', before: 'by-hand', after: 'y' }],
      explanation: 'It was changed outside of Terraform.',
    });
    expect(found.summary.update).toBe(planned(real.plan).summary.update);
    // The same without drift is a change like any other.
    expect(at(planned({ ...real.plan, resource_changes: [...others, entry] }), entry.address)).toMatchObject({
      drift: false,
    });
  });

  it('tells what happens inside of modules', () => {
    const inside = {
      address: 'module.net.google_compute_network.main',
      mode: 'managed',
      type: 'google_compute_network',
      name: 'main',
      change: {
        actions: ['delete', 'create'],
        before: { name: 'a', id: 'x' },
        after: { name: 'b' },
        after_unknown: { id: true },
        replace_paths: [['name']],
      },
    };
    const plan = { ...real.plan, resource_changes: [...real.plan.resource_changes, inside] };
    const head = { ...real.head, module: { net: { source: './net', name: 'b' } } };
    const found = planned(plan, real.base, head);
    expect(found.diagnostics).toEqual([]);
    expect(at(found, inside.address)).toMatchObject({
      stack: 'data',
      action: 'replace',
      forcedBy: ['name'],
      drift: false,
      paths: [{ path: 'name', before: 'a', after: 'b' }],
    });
  });

  it('shows no value that the provider calls sensitive', () => {
    const text = JSON.stringify(planned(real.plan));
    expect(at(planned(real.plan), 'google_sql_user.u')).toMatchObject({
      paths: [{ path: 'password', masked: true }],
    });
    expect(text).not.toContain('first-password');
    expect(text).not.toContain('second-password');
  });

  it('is given to the stack whose addresses it holds', () => {
    const other = { resource: { google_compute_network: { n: { name: 'n' } } } };
    const changed = { resource: { google_compute_network: { n: { name: 'm' } } } };
    const found = review(
      side(['data', real.base], ['net', other]),
      side(['data', real.head], ['net', changed]),
      {
        plans: [{ file: 'plan.json', text: JSON.stringify(real.plan) }],
      },
    );
    expect(at(found, 'google_compute_network.n')).toMatchObject({ stack: 'net', action: 'replace' });
    expect(at(found, 'google_compute_address.a')).toMatchObject({ stack: 'data', confidence: 'certain' });
  });

  it.each([
    ['{', /^this is not JSON .*terraform show -json PLAN > plan\.json/],
    [{ version: 4, resources: [] }, /^this is not a plan; write it with: terraform show -json/],
    [{ ...real.plan, errored: true }, /^the plan ended with an error/],
  ])('fails with what to do where it is none (%#)', (plan, message) => {
    expect(planned(plan).diagnostics).toMatchObject([
      { level: 'error', file: 'plan.json', message: expect.stringMatching(message) },
    ]);
  });

  it('fails where it is of no stack that is there', () => {
    const plan = { ...real.plan, resource_changes: [] };
    const found = review(side(['a', real.base], ['b', {}]), side(['a', real.head], ['b', {}]), {
      plans: [{ file: 'plan.json', text: JSON.stringify(plan) }],
    });
    expect(found.diagnostics).toMatchObject([
      { level: 'error', message: expect.stringContaining('none of the addresses') },
    ]);
  });
});
