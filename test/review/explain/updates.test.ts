import { review, type Side } from '../../../src/review';

function side(type: string, values: object): Side {
  const text = JSON.stringify({ resource: { [type]: { main: values } } });
  return {
    stacks: new Map([[null, [{ file: 'cdk.tf.json', text }]]]),
    clusters: new Map(),
    sources: new Map(),
    diagnostics: [],
    empty: false,
  };
}

const sql = 'google_sql_database_instance';
const instance = {
  name: 'main',
  database_version: 'POSTGRES_17',
  deletion_protection: true,
  settings: {
    tier: 'db-custom-2-7680',
    deletion_protection_enabled: true,
    backup_configuration: { enabled: true, point_in_time_recovery_enabled: true },
  },
};
const { settings } = instance;
const changed = (type: string, before: object, after: object) =>
  review(side(type, before), side(type, after)).changes;

describe('an update in place that somebody should look at', () => {
  it.each([
    ['a lower version', { database_version: 'POSTGRES_15' }, 'warning', 'Google refuses a lower version'],
    [
      'no backups',
      {
        settings: {
          ...settings,
          backup_configuration: { enabled: false, point_in_time_recovery_enabled: true },
        },
      },
      'warning',
      'a loss of data is final',
    ],
    ['no protection by the provider', { deletion_protection: false }, 'notice', 'protection comes off'],
    [
      'no protection by Google',
      { settings: { tier: settings.tier, backup_configuration: settings.backup_configuration } },
      'notice',
      'protection comes off',
    ],
  ])('is %s', (_, edit, severity, words) => {
    expect(changed(sql, instance, { ...instance, ...edit })).toMatchObject([
      { action: 'update', severity, explanation: expect.stringContaining(words) },
    ]);
  });

  it.each([
    ['a higher version', { database_version: 'POSTGRES_18' }],
    ['another size', { settings: { ...settings, tier: 'db-custom-4-15360' } }],
  ])('is not %s', (_, edit) => {
    expect(changed(sql, instance, { ...instance, ...edit })).toMatchObject([
      { action: 'update', severity: 'info', explanation: null },
    ]);
  });
});
