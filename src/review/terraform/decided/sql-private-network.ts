import { at, type DecidedInCode } from './decision';

/** An instance can change its private network, and cannot lose it. */
export const sqlPrivateNetwork: DecidedInCode = {
  types: ['google_sql_database_instance'],
  forcedByUnknown: ['settings.ip_configuration.private_network'],
  decide: (before, after) => {
    const path = 'settings.ip_configuration.private_network';
    const [from, to] = [at(before, path), at(after, path)];
    if (from === undefined || from === '' || !(to === undefined || to === '')) return undefined;
    return { forces: [path], because: 'an instance cannot lose its private network' };
  },
};
