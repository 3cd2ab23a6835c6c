import { SqlDatabase } from '@cdktf/provider-google/lib/sql-database';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

export interface CloudSqlDatabaseProps extends ProjectEntityProps {
  /** Name of the instance. Changing this recreates the database, empty. */
  readonly instance: string;
  /** Name of the database. Changing this recreates the database, empty. */
  readonly name: string;
}

/**
 * A database on a PostgreSQL instance, in UTF-8. Removed from the configuration, it stays on the instance, and Terraform
 * forgets it.
 *
 * @see https://cloud.google.com/sql/docs/postgres/create-manage-databases
 */
export class CloudSqlDatabase extends Construct {
  readonly database: SqlDatabase;

  constructor(scope: Construct, id: string, props: CloudSqlDatabaseProps) {
    super(scope, id);
    this.database = setAddress(
      new SqlDatabase(this, 'database', {
        project: props.project,
        instance: props.instance,
        name: props.name,
        charset: 'UTF8',
        collation: 'en_US.UTF8',
        // A line that is removed, or a key that is mistyped, must not delete data.
        deletionPolicy: 'ABANDON',
        ...dependencies(props),
      }),
      id,
    );
  }
}
