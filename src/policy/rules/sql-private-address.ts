import { absent, attributeRule, oneOf } from '../attributes';

export const sqlPrivateAddress = attributeRule({
  id: 'TL-SQL-001',
  title: 'A database has a public address',
  severity: 'error',
  why: 'It can be attacked from the internet',
  fix: 'set ipv4_enabled to false, remove authorized networks, and name a private network',
  see: 'https://cloud.google.com/sql/docs/postgres/configure-private-ip',
  types: ['google_sql_database_instance'],
  expects: {
    'settings.ip_configuration.ipv4_enabled': oneOf(false),
    'settings.ip_configuration.authorized_networks': absent,
  },
});
