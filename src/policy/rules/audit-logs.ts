import { textsOf, treesOf } from '../tree';
import { notApplicable, type Rule, type Violation, verdictOf } from '../types';

const wanted = ['ADMIN_READ', 'DATA_READ', 'DATA_WRITE'];

export const auditLogs: Rule = {
  id: 'TL-LOG-005',
  title: 'An audit log leaves something out',
  severity: 'warning',
  why: 'What it does not hold cannot be found out afterwards',
  fix: 'write all three log types, and exempt service accounts at most',
  see: 'https://cloud.google.com/logging/docs/audit/configure-data-access',
  types: ['google_project_iam_audit_config'],
  checks: (resource) => {
    if (resource.kind !== 'terraform' || resource.type !== 'google_project_iam_audit_config')
      return notApplicable;
    const logs = treesOf(resource.body.audit_log_config);
    const missing = wanted.filter((type) => !logs.some(({ log_type: one }) => one === type));
    const exempted = logs
      .flatMap((log) => textsOf(log.exempted_members))
      .filter((member) => !member.startsWith('serviceAccount:'));
    return verdictOf([
      ...missing.map((type): Violation => ({
        path: 'audit_log_config',
        found: `no ${type}`,
        wanted: wanted.join(', '),
      })),
      ...[...new Set(exempted)].map((member): Violation => ({
        path: 'audit_log_config.exempted_members',
        found: member,
        wanted: 'service accounts at most',
      })),
    ]);
  },
};
