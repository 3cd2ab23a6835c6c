import { isAboutAuditLogs, choosing } from '../log-filters';
import { shown, textOf } from '../tree';
import { notApplicable, type Rule, type Violation, verdictOf } from '../types';

export const logExclusion: Rule = {
  id: 'TL-LOG-004',
  title: 'Log entries are thrown away that somebody will ask for',
  severity: 'error',
  why: 'An exclusion without a filter drops every entry, and without audit logs nobody can tell who did what',
  fix: 'write a filter that names what is not needed, and leave audit logs alone',
  see: 'https://cloud.google.com/logging/docs/routing/overview#exclusions',
  types: ['google_logging_project_exclusion'],
  checks: (resource) => {
    if (resource.kind !== 'terraform' || resource.type !== 'google_logging_project_exclusion')
      return notApplicable;
    if (String(resource.body.disabled) === 'true') return notApplicable;
    const { filter } = resource.body;
    const found: Violation[] = [];
    if (!choosing.accepts(filter))
      found.push({ path: 'filter', found: shown(filter), wanted: choosing.wanted });
    // What an exclusion leaves in by NOT is not thrown away.
    else if (isAboutAuditLogs(textOf(filter).replace(/(\bNOT\s+|(^|[\s(])-)\S+/g, '')))
      found.push({ path: 'filter', found: shown(filter), wanted: 'nothing about audit logs' });
    return verdictOf(found);
  },
};
