import { attributeRule } from '../attributes';
import { choosing } from '../log-filters';

export const sinkFilter = attributeRule({
  id: 'TL-LOG-002',
  title: 'A log sink takes every entry',
  severity: 'warning',
  why: 'Every line that every workload writes is then kept a second time and paid for, secrets and personal data included',
  fix: 'write a filter',
  see: 'https://cloud.google.com/logging/docs/view/logging-query-language',
  types: ['google_logging_project_sink'],
  expects: { filter: choosing },
});
