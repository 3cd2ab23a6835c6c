import type { LocatedWaiver, PolicyReport } from './report';

/** Version of the JSON that the policy prints. */
const JSON_VERSION = 1;

/** The report for programs. */
export function reportAsJson(report: PolicyReport) {
  return {
    version: JSON_VERSION,
    failed: report.failed,
    resources: report.resources,
    findings: report.findings.map(({ rule, resource, environment, place, waiver, path, found, wanted }) => ({
      rule: rule.id,
      severity: rule.severity,
      title: rule.title,
      environment,
      unit: resource.unit,
      address: resource.address,
      path,
      found,
      wanted,
      fix: rule.fix,
      file: place.file,
      line: place.line ?? null,
      waivedBy: waiver?.key ?? null,
    })),
    expiredWaivers: report.expired.map(waiverAsJson),
    unusedWaivers: report.unused.map(waiverAsJson),
  };
}

function waiverAsJson({ waiver, place }: LocatedWaiver) {
  const { key, rule, address, owner, until } = waiver;
  return { key, rule, address, owner, until, file: place.file, line: place.line ?? null };
}
