import type { Construct } from 'constructs';
import { renderOwnerGrants } from './database-grants';
import type { DatabaseRoleGrants } from './database-roles';
import { PsqlJob, type PsqlJobProps } from './psql-job';

export interface DatabaseOwnerJobProps extends Omit<PsqlJobProps, 'password' | 'sql' | 'asked'> {
  /** Databases in which the login makes tables. */
  readonly databases: readonly string[];
  readonly roles: readonly DatabaseRoleGrants[];
}

/**
 * Shares what a workload makes in its databases with the roles of the instance, once for each version of those roles.
 *
 * It logs in as the workload itself, by its service account: in PostgreSQL only the owner of tables can let others read
 * them, and only the owner can say so for the tables that it will make. It tries again until the roles are there.
 */
export class DatabaseOwnerJob extends PsqlJob {
  constructor(scope: Construct, id: string, props: DatabaseOwnerJobProps) {
    const { databases, roles, ...rest } = props;
    super(scope, id, { ...rest, sql: renderOwnerGrants(databases, roles) });
  }
}
