import { attributeRule, oneOf } from '../attributes';

export const sinkWriter = attributeRule({
  id: 'TL-LOG-001',
  title: 'A log sink writes as somebody else',
  severity: 'error',
  why: 'It then shares one identity with the sinks of every project, so that a grant to it lets all of them write',
  fix: 'set unique_writer_identity to true',
  see: 'https://cloud.google.com/logging/docs/export/configure_export_v2#dest-auth',
  types: ['google_logging_project_sink'],
  expects: { unique_writer_identity: oneOf(true) },
});
