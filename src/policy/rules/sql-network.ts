import { shown, treesOf, valueAt } from '../tree';
import { notApplicable, type Rule, verdictOf } from '../types';

export const sqlNetwork: Rule = {
  id: 'TL-SQL-002',
  title: 'A database has no private way in',
  severity: 'error',
  why: 'Without a public address and without a network, nobody can reach it, and with the default range Google picks one that may overlap',
  fix: 'name private_network and allocated_ip_range, or enable Private Service Connect for named projects',
  see: 'https://cloud.google.com/sql/docs/postgres/private-ip',
  types: ['google_sql_database_instance'],
  checks: (resource) => {
    if (resource.kind !== 'terraform' || resource.type !== 'google_sql_database_instance')
      return notApplicable;
    const ip = 'settings.ip_configuration';
    const psc = treesOf(valueAt(resource.body, `${ip}.psc_config`)).some(
      ({ psc_enabled: enabled }) => String(enabled) === 'true',
    );
    const isReplica = resource.body.master_instance_name !== undefined;
    const wanted = psc ? [] : isReplica ? ['private_network'] : ['private_network', 'allocated_ip_range'];
    return verdictOf(
      wanted.flatMap((name) => {
        const value = valueAt(resource.body, `${ip}.${name}`);
        return value === undefined || value === ''
          ? [{ path: `${ip}.${name}`, found: shown(value), wanted: 'a name, or psc_config' }]
          : [];
      }),
    );
  },
};
