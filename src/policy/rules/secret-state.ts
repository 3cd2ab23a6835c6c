import { notApplicable, type Rule, verdictOf } from '../types';

/** type → its attribute that lies in the state, and the one that does not. */
const writeOnly: Readonly<Record<string, readonly [stored: string, writeOnly: string]>> = {
  google_sql_user: ['password', 'password_wo'],
  google_sql_database_instance: ['root_password', 'root_password_wo'],
  google_secret_manager_secret_version: ['secret_data', 'secret_data_wo'],
  random_password: ['length', 'an ephemeral random_password'],
};

export const secretState: Rule = {
  id: 'TL-SEC-002',
  title: 'A secret lies in the state',
  severity: 'error',
  why: 'Everybody who may plan reads it',
  fix: 'use the write-only argument with a value of an ephemeral resource (Terraform 1.11)',
  see: 'https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only',
  checks: (resource) => {
    const pair = resource.kind === 'terraform' ? writeOnly[resource.type] : undefined;
    if (pair === undefined) return notApplicable;
    const [stored, wanted] = pair;
    return verdictOf(
      resource.body[stored] === undefined ? [] : [{ path: stored, found: 'a value in the state', wanted }],
    );
  },
};
