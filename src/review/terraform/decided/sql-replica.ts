import { at, type DecidedInCode, differs } from './decision';

/** A replica follows one primary; it can be promoted, and cannot be given to another. */
export const sqlReplica: DecidedInCode = {
  types: ['google_sql_database_instance'],
  decide: (before, after, differences) => {
    const [from, to] = [at(before, 'master_instance_name'), at(after, 'master_instance_name')];
    const type = at(after, 'instance_type');
    const promoted = (to === undefined || to === '') && type === 'CLOUD_SQL_INSTANCE';
    const switched = typeof type === 'string' && /^READ_POOL|READ_REPLICA/.test(type) && from === undefined;
    if (from === to || !differs(differences, 'master_instance_name')) return undefined;
    return promoted || switched
      ? { spares: ['master_instance_name'] }
      : { forces: ['master_instance_name'], because: 'a replica cannot follow another primary' };
  },
};
