import type { Concern } from './concern';

/** Nothing is lost on the day, and everything on the day after. */
export const backupsOff: Concern = {
  types: /^google_sql_database_instance$/,
  holds: ({ attribute, before, after }) =>
    /^settings\.backup_configuration\.(enabled|point_in_time_recovery_enabled)$/.test(attribute) &&
    before === true &&
    after !== true,
  severity: 'warning',
  says: 'From then on a loss of data is final: there is no backup, or no moment between two, to go back to.',
};
