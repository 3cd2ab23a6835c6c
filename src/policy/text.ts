import { colors, count } from '../output';
import type { LocatedFinding, LocatedWaiver, Place, PolicyReport } from './report';
import type { Severity } from './types';

const paint = { error: colors.red, warning: colors.yellow, info: colors.cyan };

/** So many places of one rule are told; the others are counted. */
const manyPlaces = 20;

/**
 * The report for people: findings grouped by rule, the worst first, each with its line, what was found, what may stand
 * there, why it matters and how to mend it.
 */
export function renderText(
  report: PolicyReport,
  severities: readonly Severity[] = ['error', 'warning', 'info'],
): string {
  const open = report.findings.filter(
    ({ rule, waiver }) => waiver === undefined && severities.includes(rule.severity),
  );
  const groups = new Map<string, LocatedFinding[]>();
  for (const finding of open) {
    const group = groups.get(finding.rule.id);
    if (group === undefined) groups.set(finding.rule.id, [finding]);
    else group.push(finding);
  }
  return [
    ...[...groups.values()].map(renderGroup),
    ...report.expired.map((one) => renderExpired(one)),
    ...report.unused.map((one) => renderUnused(one)),
    colors.bold(summary(report)),
  ].join('\n\n');
}

/** One line: how much was judged, and what came of it. */
export function summary(report: PolicyReport): string {
  const open = (severity: Severity) =>
    report.findings.filter(({ rule, waiver }) => rule.severity === severity && waiver === undefined).length;
  const waived = report.findings.filter(({ waiver }) => waiver !== undefined).length;
  const parts = [
    count(open('error'), 'error'),
    count(open('warning'), 'warning'),
    count(open('info'), 'note'),
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(report.expired.length > 0 ? [`${count(report.expired.length, 'waiver')} ended`] : []),
  ];
  return `policy: ${parts.join(', ')} in ${count(report.resources, 'resource')}`;
}

/** `platform.yaml:12`. */
export function formatPlace({ file, line }: Place): string {
  return line === undefined ? file : `${file}:${line}`;
}

function renderGroup(findings: readonly LocatedFinding[]): string {
  const [first] = findings;
  if (first === undefined) return '';
  const { rule } = first;
  const lines = findings.slice(0, manyPlaces).map((finding) => {
    const where = [finding.environment ?? '', finding.resource.unit, finding.resource.address]
      .filter((part) => part !== '')
      .join(' ');
    return [
      `  ${colors.cyan(formatPlace(finding.place))} ${where}`,
      `    ${colors.bold(finding.path)}: found ${finding.found}, wanted ${finding.wanted}`,
    ].join('\n');
  });
  const rest = findings.length - lines.length;
  return [
    `${paint[rule.severity](rule.severity)} ${colors.bold(rule.id)} ${rule.title}`,
    ...lines,
    ...(rest > 0 ? [`  and ${rest} more`] : []),
    `  ${colors.dim('why'.padEnd(8))} ${rule.why}`,
    `  ${colors.dim('fix'.padEnd(8))} ${rule.fix}`,
    `  ${colors.dim('see'.padEnd(8))} ${rule.see}`,
  ].join('\n');
}

function renderExpired({ waiver, place }: LocatedWaiver): string {
  return [
    `${colors.red('error')} ${colors.bold(`policy.waivers.${waiver.key}`)} ended on ${waiver.until}`,
    `  ${colors.cyan(formatPlace(place))} ${waiver.rule} ${waiver.address}`,
    `  ${colors.dim('owner'.padEnd(8))} ${waiver.owner}`,
    `  ${colors.dim('reason'.padEnd(8))} ${waiver.reason}`,
    `  ${colors.dim('fix'.padEnd(8))} mend what it waives and remove it, or agree on a later day with its owner`,
  ].join('\n');
}

function renderUnused({ waiver, place }: LocatedWaiver): string {
  return [
    `${colors.yellow('warning')} ${colors.bold(`policy.waivers.${waiver.key}`)} waives nothing`,
    `  ${colors.cyan(formatPlace(place))} no finding of ${waiver.rule} at ${waiver.address}`,
    `  ${colors.dim('fix'.padEnd(8))} remove it, or mend its address`,
  ].join('\n');
}
