import { attributeRule, oneOf } from '../attributes';

export const sqlEncryptedConnections = attributeRule({
  id: 'TL-SQL-003',
  title: 'A database takes connections without a client certificate',
  severity: 'error',
  why: 'A stolen password is then enough',
  fix: 'set ssl_mode to TRUSTED_CLIENT_CERTIFICATE_REQUIRED; the Cloud SQL proxies bring their certificates',
  see: 'https://cloud.google.com/sql/docs/postgres/configure-ssl-instance',
  types: ['google_sql_database_instance'],
  expects: {
    'settings.ip_configuration.ssl_mode': oneOf('TRUSTED_CLIENT_CERTIFICATE_REQUIRED'),
  },
});
