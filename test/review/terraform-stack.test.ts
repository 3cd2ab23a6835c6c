import { review, type Review, type Side } from '../../src/review';

type Files = Readonly<Record<string, unknown>>;

function side(files: Files): Side {
  const texts = Object.entries(files).map(([file, value]) => ({
    file,
    text: typeof value === 'string' ? value : JSON.stringify(value),
  }));
  return {
    stacks: new Map([[null, texts]]),
    clusters: new Map(),
    sources: new Map(),
    diagnostics: [],
    empty: false,
  };
}

function reviewed(before: unknown, after: unknown): Review {
  return review(side({ 'cdk.tf.json': before }), side({ 'cdk.tf.json': after }));
}

const bucket = { google_storage_bucket: { lake: { name: 'lake', location: 'US' } } };

describe('A stack of Terraform JSON', () => {
  it('says that a module changed, since nobody sees what it does', () => {
    const call = (size: number) => ({ module: { net: { source: './net', size, '//': { metadata: size } } } });
    expect(reviewed(call(1), call(2)).diagnostics).toMatchObject([
      {
        level: 'warning',
        file: 'cdk.tf.json',
        message: expect.stringMatching(/^module\.net changed; .*--plan/),
      },
    ]);
    expect(reviewed({}, call(1)).diagnostics).toMatchObject([
      { message: expect.stringMatching(/^module\.net is new/) },
    ]);
    expect(reviewed(call(1), {}).diagnostics).toMatchObject([
      { message: expect.stringMatching(/^module\.net is gone/) },
    ]);
  });

  it('says nothing of a module whose call is written otherwise', () => {
    const one = { module: { net: { source: './net', size: 1, '//': { metadata: 'a' } } } };
    const other = { module: [{ net: [{ '//': { metadata: 'b' }, size: '1', source: './net' }] }] };
    expect(reviewed(one, other)).toMatchObject({ changes: [], diagnostics: [] });
  });

  it('is moved into a module and out of it by its moved blocks', () => {
    const into = {
      moved: [{ from: 'google_storage_bucket.lake', to: 'module.data.google_storage_bucket.lake' }],
    };
    expect(reviewed({ resource: bucket }, into).changes).toMatchObject([
      {
        action: 'move',
        address: 'module.data.google_storage_bucket.lake',
        previousAddress: 'google_storage_bucket.lake',
        severity: 'info',
      },
    ]);
    const out = {
      resource: bucket,
      moved: [{ from: 'module.data.google_storage_bucket.lake', to: 'google_storage_bucket.lake' }],
    };
    expect(reviewed({}, out).changes).toMatchObject([
      { action: 'move', previousAddress: 'module.data.google_storage_bucket.lake' },
    ]);
  });

  it('is reviewed by its first resource where an address stands twice, and says so', () => {
    const twice = side({
      'a.tf.json': { resource: bucket },
      'b.tf.json': { resource: { google_storage_bucket: { lake: { name: 'pond', location: 'EU' } } } },
    });
    const found = review(side({ 'a.tf.json': { resource: bucket } }), twice);
    expect(found.changes).toEqual([]);
    expect(found.diagnostics).toMatchObject([
      {
        level: 'error',
        file: 'b.tf.json',
        message: expect.stringContaining('google_storage_bucket.lake stands twice'),
      },
    ]);
  });

  it('is laid over by an override file, as Terraform does', () => {
    const found = review(
      side({ 'main.tf.json': { resource: bucket } }),
      side({
        'local_override.tf.json': { resource: { google_storage_bucket: { lake: { location: 'EU' } } } },
        'main.tf.json': { resource: bucket },
      }),
    );
    expect(found.diagnostics).toEqual([]);
    expect(found.changes).toMatchObject([{ action: 'replace', forcedBy: ['location'] }]);
  });

  it('takes over what it imports instead of creating it', () => {
    const head = { resource: bucket, import: [{ to: 'google_storage_bucket.lake', id: 'lake' }] };
    expect(reviewed({}, head).changes).toMatchObject([
      { action: 'update', confidence: 'possible', explanation: expect.stringContaining('imported') },
    ]);
  });

  it('forgets what a removed block takes out without destroying it', () => {
    const head = { removed: [{ from: 'google_storage_bucket.lake', lifecycle: { destroy: false } }] };
    expect(reviewed({ resource: bucket }, head).changes).toMatchObject([
      {
        action: 'delete',
        severity: 'notice',
        explanation: 'Terraform forgets it; what it stands for stays.',
      },
    ]);
  });

  it('is compared without certainty where nobody described the type', () => {
    const thing = (size: number) => ({ resource: { acme_thing: { one: { name: 'x', sizes: [{ size }] } } } });
    expect(reviewed(thing(1), thing(2)).changes).toMatchObject([
      { action: 'update', confidence: 'possible', paths: [{ path: 'sizes.size', before: 1, after: 2 }] },
    ]);
    expect(
      reviewed(thing(1), { resource: { acme_thing: { one: { sizes: { size: '1' }, name: 'x' } } } }).changes,
    ).toEqual([]);
  });

  it('keeps what exists where the provider has another project by default, whatever else changes', () => {
    const stack = (project: string, cidr: string) => ({
      provider: { google: [{ project, region: 'us-central1' }] },
      resource: {
        google_compute_network: { main: { name: 'main' } },
        google_compute_subnetwork: {
          a: { name: 'a', network: '${google_compute_network.main.id}', ip_cidr_range: cidr },
        },
      },
    });
    expect(reviewed(stack('one', '10.0.0.0/20'), stack('two', '10.0.0.0/20')).changes).toEqual([]);
    expect(reviewed(stack('one', '10.0.0.0/20'), stack('two', '10.0.0.0/18')).changes).toMatchObject([
      { action: 'update', paths: [{ path: 'ip_cidr_range' }] },
    ]);
  });

  it('understands the functions that synthesizers write', () => {
    const topic = (name: string) => ({
      locals: { parts: ['Data', 'events'] },
      resource: { google_pubsub_topic: { t: { name, labels: { n: '${length(local.parts)}' } } } },
    });
    const written = topic('data-events');
    for (const name of [
      '${lower(join("-", local.parts))}',
      '${format("%s-%s", "data", local.parts[1])}',
      '${contains(local.parts, "Data") ? "data-events" : "none"}',
      '${replace("data_events", "_", "-")}',
      '${element(["data-events"], 3)}',
      '${local.parts[0] == "Data" && length(local.parts) > 1 ? lower("${local.parts[0]}-${local.parts[1]}") : null}',
    ]) {
      expect(reviewed(written, topic(name)).changes).toEqual([]);
    }
    expect(reviewed(written, topic('${join("-", local.parts)}')).changes).toMatchObject([
      { action: 'replace', forcedBy: ['name'], confidence: 'certain' },
    ]);
  });
});
