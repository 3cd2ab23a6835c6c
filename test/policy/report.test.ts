import {
  Context,
  judge,
  type Judged,
  renderSarif,
  renderText,
  reportAsJson,
  type Waiver,
} from '../../src/policy';
import { terraform } from './fixture';

const bucket = {
  unit: 'stacks/x',
  file: 'x.tf.json',
  value: { resource: { google_storage_bucket: { b: {} } } },
};
const waiver: Waiver = {
  key: 'open',
  rule: 'TL-GCS-001',
  address: 'google_storage_bucket.*',
  owner: 'data@example.com',
  reason: 'the bucket goes away with the old importer',
  until: '2027-03-31',
  origin: ['policy', 'waivers', 'open'],
};

function output(waivers: readonly Waiver[], environment: string | null = null): Judged {
  return {
    environment,
    documents: [bucket],
    production: undefined,
    waivers,
    placeOf: () => ({ file: 'my platform.yaml', line: 7 }),
    placeOfWaiver: () => ({ file: 'my platform.yaml', line: 20 }),
  };
}

const waiverFor = (rule: string) => ({ ...waiver, key: rule.toLowerCase(), rule });
const errors = ['TL-GCS-001', 'TL-GCS-002', 'TL-GCS-003', 'TL-GCS-005'];
const openRules = (waivers: readonly Waiver[], today = '2027-01-01') =>
  judge([output(waivers)], today)
    .findings.filter((finding) => finding.waiver === undefined && finding.rule.severity === 'error')
    .map(({ rule }) => rule.id);

describe('a waiver', () => {
  it('lets its rule pass at the addresses that it names, and no other', () => {
    expect([...new Set(openRules([waiver]))]).toEqual(errors.slice(1));
    expect(openRules([{ ...waiver, address: 'google_storage_bucket.other' }])).toContain('TL-GCS-001');
    expect(openRules([{ ...waiver, address: 'google_storage_bucket' }])).toContain('TL-GCS-001');
    expect(openRules([{ ...waiver, address: 'google.storage.bucket.b' }])).toContain('TL-GCS-001');
  });

  it('opens the gate once every error has one, whatever is only a warning', () => {
    const report = judge([output(errors.map(waiverFor))], '2027-03-31');
    expect(report).toMatchObject({ failed: false, expired: [], unused: [] });
    expect(report.findings.some(({ rule }) => rule.severity === 'warning')).toBe(true);
  });

  it('fails the gate from the day after its last one, even where nothing needs it', () => {
    const all = errors.map(waiverFor);
    const report = judge([output(all)], '2027-04-01');
    expect(report.failed).toBe(true);
    expect(report.expired).toHaveLength(all.length);
    const unneeded = { ...waiver, address: 'google_storage_bucket.gone', until: '2026-12-31' };
    expect(judge([{ ...output([unneeded]), documents: [] }], '2027-01-01').failed).toBe(true);
  });

  it('is told where no environment needs it, and not where one does', () => {
    const unneeded = { ...waiver, address: 'google_storage_bucket.gone' };
    expect(judge([output([unneeded])], '2027-01-01').unused).toMatchObject([{ waiver: { key: 'open' } }]);
    const without = { ...output([waiver], 'testing'), documents: [] };
    expect(judge([without, output([waiver], 'production')], '2027-01-01').unused).toEqual([]);
  });
});

describe('the report', () => {
  const expired = { ...waiver, key: 'old', until: '2026-12-31' };
  const unused = { ...waiver, key: 'spare', address: 'nothing' };
  const report = judge([output([waiver, expired, unused], 'production')], '2027-01-01');

  it('tells people the line, the address, what was found and wanted, why, and how to mend it', () => {
    const text = renderText(report);
    expect(text).toMatch(
      /error TL-GCS-002 A bucket can be made public\n {2}my platform\.yaml:7 production stacks\/x google_storage_bucket\.b\n {4}public_access_prevention: found nothing, wanted enforced\n {2}why .*\n {2}fix .*\n {2}see /,
    );
    expect(text).not.toContain('TL-GCS-001 Objects');
    expect(text).toMatch(/policy\.waivers\.old ended on 2026-12-31[^]*data@example\.com/);
    expect(text).toMatch(/policy\.waivers\.spare waives nothing/);
    expect(text).toMatch(
      /policy: \d+ errors, \d+ warnings, 0 notes, 1 waived, 1 waiver ended in 1 resource$/,
    );
  });

  it('puts errors before warnings, and is the same whatever the order of the input', () => {
    const severities = report.findings.map(({ rule }) => rule.severity);
    expect(severities).toEqual(
      [...severities].sort(
        (a, b) => ['error', 'warning', 'info'].indexOf(a) - ['error', 'warning', 'info'].indexOf(b),
      ),
    );
  });

  it('is JSON with a version for programs', () => {
    expect(reportAsJson(report)).toMatchObject({
      version: 1,
      failed: true,
      findings: expect.arrayContaining([
        expect.objectContaining({ rule: 'TL-GCS-001', waivedBy: 'open', file: 'my platform.yaml', line: 7 }),
      ]),
      expiredWaivers: [{ key: 'old' }],
      unusedWaivers: [{ key: 'spare' }],
    });
  });

  it('is SARIF 2.1.0 with places, levels, fingerprints and suppressions for code hosts', () => {
    const log = JSON.parse(renderSarif(report, '1.2.3'));
    expect(log).toMatchObject({
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'tapline', version: '1.2.3' } } }],
    });
    const { tool, results } = log.runs[0];
    const ids = tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const result of results) {
      expect(ids).toContain(result.ruleId);
      expect(['error', 'warning', 'note']).toContain(result.level);
      expect(result.message.text).not.toBe('');
      const { artifactLocation, region } = result.locations[0].physicalLocation;
      expect(artifactLocation.uri).toBe('my%20platform.yaml');
      expect([7, 20]).toContain(region.startLine);
    }
    const prints = results.map((result: any) => result.partialFingerprints['taplineAddress/v1']);
    expect(new Set(prints).size).toBe(prints.length);
    expect(results.filter((result: any) => result.suppressions !== undefined)).toMatchObject([
      {
        ruleId: 'TL-GCS-001',
        suppressions: [
          { kind: 'external', status: 'accepted', justification: expect.stringContaining('old importer') },
        ],
      },
    ]);
  });
});

describe('references', () => {
  it('are followed to local values, defaults of variables and other resources, across stacks as well', () => {
    const context = new Context([
      {
        unit: 'one',
        file: 'a',
        value: {
          resource: { google_compute_network: { n: { name: 'net' } } },
          locals: { a: '${var.b}' },
          variable: { b: { default: 5 } },
        },
      },
      {
        unit: 'two',
        file: 'b',
        value: {
          resource: { google_compute_subnetwork: { s: { network: '${google_compute_network.n.name}' } } },
        },
      },
    ]);
    expect(context.resolve('${local.a}', 'one')).toBe(5);
    expect(context.resolve('${local.a}', 'two')).toBe('${local.a}');
    expect(context.resolve('${google_compute_network.n.name}', 'two')).toBe('net');
    expect(context.target('projects/p/global/networks/net', 'google_compute_network', 'two')).toMatchObject({
      name: 'n',
      unit: 'one',
    });
    expect(context.target('${google_compute_network.n.id}', 'google_compute_network', 'two')).toMatchObject({
      name: 'n',
    });
    expect(context.target('other', 'google_compute_network', 'two')).toBeUndefined();
  });

  it('that go round in a circle, or that nobody can follow, stay as they are', () => {
    const context = terraform({}, { locals: { a: '${local.b}', b: '${local.a}' } });
    expect(context.resolve('${local.a}', 'stacks/x')).toMatch(/^\$\{local\./);
    expect(context.resolve('${data.x.y.z}', 'stacks/x')).toBe('${data.x.y.z}');
    expect(context.resolve('a ${local.a}', 'stacks/x')).toBe('a ${local.a}');
  });
});
