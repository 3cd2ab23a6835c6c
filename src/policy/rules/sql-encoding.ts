import { attributeRule, oneOf, said } from '../attributes';

export const sqlEncoding = attributeRule({
  id: 'TL-SQL-025',
  title: 'How a database encodes text is not said',
  severity: 'warning',
  why: 'It cannot be changed later',
  fix: 'set charset and collation',
  see: 'https://cloud.google.com/sql/docs/postgres/create-manage-databases',
  types: ['google_sql_database'],
  expects: {
    charset: oneOf('UTF8'),
    collation: said,
  },
});
