import { attributeRule, matching } from '../attributes';
import { hasNoPassword } from '../cloud-sql';

export const sqlUserType = attributeRule({
  id: 'TL-SQL-024',
  title: 'A database user has no password and no IAM login',
  severity: 'error',
  why: 'A user with an empty password can be anybody',
  fix: 'use the type CLOUD_IAM_SERVICE_ACCOUNT, _USER or _GROUP, or set password_wo',
  see: 'https://cloud.google.com/sql/docs/postgres/users',
  types: ['google_sql_user'],
  when: hasNoPassword,
  expects: {
    type: matching(/^CLOUD_IAM_/, 'CLOUD_IAM_SERVICE_ACCOUNT, CLOUD_IAM_USER or CLOUD_IAM_GROUP'),
  },
});
