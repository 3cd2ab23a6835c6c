import * as z from 'zod';
import { key, mapOf } from './common';

/** A schema in a PostgreSQL database. */
const schemaName = z
  .string()
  .max(63, 'at most 63 characters')
  .regex(/^(?!pg_|information_schema$)[a-z_][a-z0-9_]*$/, 'lower-case letters, digits and underscores, not pg_… and not information_schema');

const schemas = z.array(schemaName).default([]);

const databases = z.array(z.string()).min(1).optional();

/** A role in PostgreSQL: rights over some schemas, which logins get by being members. */
export const databaseRole = z
  .strictObject({
    databases: databases.describe('Databases that it is for. Default: all of the instance.'),
    read: schemas.describe('Schemas whose tables it reads. Those that are missing are made.'),
    write: schemas.describe('Schemas whose tables it reads and changes, and in which it may create. Those that are missing are made.'),
  })
  .refine(({ read, write }) => read.length + write.length > 0, {
    error: 'a role with at least one schema to read or to write',
    params: { fix: 'add read: [public]' },
  });

/** A login of a person, a group, a program outside of the platform, or with a password. */
export const databaseUser = z.strictObject({
  login: z
    .enum(['iam', 'password'])
    .default('iam')
    .describe(
      'How it logs in. iam: with a token of Google, no password exists. password: one that Terraform makes and forgets; it is in the secret `tapline-login-INSTANCE-USER`, key `password`.',
    ),
  member: z
    .string()
    .regex(
      /^(user|group|serviceAccount):[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}$/,
      'user:, group: or serviceAccount: and an e-mail address in lower case',
    )
    .optional()
    .describe('Who logs in by IAM, for example group:analysts@example.com.'),
  access: z
    .enum(['read', 'write', 'own'])
    .default('read')
    .describe(
      'What it may do in its databases. read: read every table that workloads make, now and later. write: change their rows too. own: create, and own what it creates.',
    ),
  databases: databases.describe('Databases that access is for. Default: all of the instance, or with roles none.'),
  roles: z
    .array(key)
    .min(1)
    .optional()
    .describe('Roles of the instance that it is a member of.'),
});

export const databaseRoles = mapOf(databaseRole)
  .default({})
  .describe('Roles in PostgreSQL by name: rights over schemas, for users to be members of.');
export const databaseUsers = mapOf(databaseUser)
  .default({})
  .describe('Logins by name, beside those of the workloads that name the instance.');
