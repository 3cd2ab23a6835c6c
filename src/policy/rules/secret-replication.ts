import { attributeRule } from '../attributes';
import { saidReplication } from '../conditions';

export const secretReplication = attributeRule({
  id: 'TL-SEC-003',
  title: 'Where a secret is kept is not said',
  severity: 'warning',
  why: 'Some data may not leave its region',
  fix: 'write replication',
  see: 'https://cloud.google.com/secret-manager/docs/choosing-replication',
  types: ['google_secret_manager_secret'],
  expects: {
    replication: saidReplication,
  },
});
