import { rules } from './rules';
import type { LocatedFinding, LocatedWaiver, Place, PolicyReport } from './report';
import type { Severity } from './types';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** Ids of what is said about waivers, which no rule says. */
const waiverRules = [
  { id: 'TL-WAIVER-001', title: 'A waiver has ended', fix: 'mend what it waives and remove it' },
  { id: 'TL-WAIVER-002', title: 'A waiver waives nothing', fix: 'remove it, or mend its address' },
];

/**
 * The report in the format that code hosts show beside the lines: the Static Analysis Results Interchange Format 2.1.0.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(report: PolicyReport, version: string): string {
  const descriptions = [
    ...rules.map(({ id, title, why, fix, see, severity }) => ({
      id,
      shortDescription: { text: title },
      fullDescription: { text: `${why}.` },
      help: { text: `${why}. To mend it: ${fix}.` },
      helpUri: see,
      defaultConfiguration: { level: levels[severity] },
    })),
    ...waiverRules.map(({ id, title, fix }) => ({
      id,
      shortDescription: { text: title },
      help: { text: `To mend it: ${fix}.` },
    })),
  ];
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'tapline', version, rules: descriptions } },
        columnKind: 'utf16CodeUnits',
        results: [
          ...report.findings.map(resultOf),
          ...report.expired.map((one) =>
            waiverResult('TL-WAIVER-001', 'error', one, `ended on ${one.waiver.until}`),
          ),
          ...report.unused.map((one) => waiverResult('TL-WAIVER-002', 'warning', one, 'waives nothing')),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function resultOf(finding: LocatedFinding) {
  const { rule, resource, environment, waiver } = finding;
  const address = [environment ?? '', resource.unit, resource.address]
    .filter((part) => part !== '')
    .join(' ');
  return {
    ruleId: rule.id,
    level: levels[rule.severity],
    message: {
      text: `${rule.title}: ${address}: ${finding.path}: found ${finding.found}, wanted ${finding.wanted}. To mend it: ${rule.fix}.`,
    },
    locations: [
      {
        physicalLocation: physical(finding.place),
        logicalLocations: [{ fullyQualifiedName: `${address} ${finding.path}`, kind: 'resource' }],
      },
    ],
    partialFingerprints: { 'taplineAddress/v1': `${rule.id} ${address} ${finding.path}` },
    ...(waiver === undefined
      ? {}
      : {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              justification: `${waiver.reason} (${waiver.owner}, until ${waiver.until})`,
            },
          ],
        }),
  };
}

function waiverResult(ruleId: string, level: string, { waiver, place }: LocatedWaiver, what: string) {
  return {
    ruleId,
    level,
    message: { text: `policy.waivers.${waiver.key} (${waiver.rule} ${waiver.address}) ${what}.` },
    locations: [{ physicalLocation: physical(place) }],
    partialFingerprints: { 'taplineAddress/v1': `${ruleId} ${waiver.key}` },
  };
}

function physical({ file, line }: Place) {
  return {
    // A part of a URI, so that blanks and the like are legal in it.
    artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
    region: { startLine: line ?? 1 },
  };
}
