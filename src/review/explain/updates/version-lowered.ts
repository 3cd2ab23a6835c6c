import type { Concern } from './concern';

/** Cloud SQL upgrades in place and never goes back. */
export const versionLowered: Concern = {
  types: /^google_sql_database_instance$/,
  holds: ({ attribute, before, after }) => {
    const [from, to] = [versionOf(before), versionOf(after)];
    return attribute === 'database_version' && from?.[0] === to?.[0] && Number(to?.[1]) < Number(from?.[1]);
  },
  severity: 'warning',
  says: 'Google refuses a lower version, so the apply fails. To go back, make an instance of the lower version under a key of its own and copy the data into it.',
};

function versionOf(value: unknown): [string, string] | undefined {
  const [, engine, version] = /^([A-Z]+)_(\d+)/.exec(String(value)) ?? [];
  return engine === undefined || version === undefined ? undefined : [engine, version];
}
