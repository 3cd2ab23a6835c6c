import { oneOf } from '../attributes';
import { flagRule } from '../cloud-sql';

export const sqlIamLogin = flagRule({
  id: 'TL-SQL-009',
  title: 'A database has no IAM login',
  severity: 'error',
  why: 'Every user then needs a password that somebody keeps',
  fix: 'set the flag cloudsql.iam_authentication to on',
  see: 'https://cloud.google.com/sql/docs/postgres/iam-authentication',
  expects: {
    'cloudsql.iam_authentication': oneOf('on'),
  },
});
