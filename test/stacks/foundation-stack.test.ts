import { synthStacks } from '../../stacks';
import { everything, platformOf } from './platform-fixture';
import { apiOf } from './provider-apis';
import { dependenciesOf, type Resource, resourcesOf, stackOf } from './terraform';

const platform = platformOf(everything);
const synthesized = synthStacks(platform);
const named = (address: string): Resource | undefined =>
  resourcesOf(synthesized).find((resource) => resource.address === address);

describe('the stack foundation', () => {
  const byAddress = new Map(resourcesOf(synthesized, 'foundation').map((one) => [one.address, one]));
  const reaches = (address: string, goal: string): boolean =>
    address === goal ||
    (byAddress.has(address) && dependenciesOf(byAddress.get(address)!).some((next) => reaches(next, goal)));

  it('makes nothing before the API that it belongs to is enabled', () => {
    for (const { type, address } of byAddress.values()) {
      if (type === 'google_project_service') continue;
      const goal = `google_project_service.${apiOf(type) ?? '?'}`;
      expect([address, goal, reaches(address, goal)]).toEqual([address, goal, true]);
    }
  });

  it('enables the APIs of the platform', () => {
    const enabled = [...byAddress.values()].filter(({ type }) => type === 'google_project_service');
    expect(enabled.map(({ values }) => values.service).sort()).toEqual([...platform.apis].sort());
  });

  it('gives nobody a role on the project that may change or read everything', () => {
    const roles = [...byAddress.values()].flatMap(({ type, values }) =>
      type === 'google_project_iam_member' ? [String(values.role)] : [],
    );
    expect(roles.length).toBeGreaterThan(0);
    for (const role of roles) expect(role).not.toMatch(/^roles\/(owner|editor|viewer)$|admin/i);
  });

  it('grants only to service accounts that it makes, and after it made them', () => {
    const members = new Map(platform.identities.map(({ member, key }) => [member, key]));
    const grants = [...byAddress.values()].filter(({ type }) => type.endsWith('_iam_member'));
    for (const { address, values } of grants) {
      const account = `google_service_account.${members.get(String(values.member)) ?? '?'}`;
      expect([address, reaches(address, account)]).toEqual([address, true]);
    }
  });

  it('makes a secret for every value, and fills those that no person fills', () => {
    const secrets = platform.secrets.flatMap(({ values }) => values);
    const made = [...byAddress.values()].filter(({ type }) => type === 'google_secret_manager_secret');
    expect(made.map(({ values }) => values.secret_id).sort()).toEqual(
      secrets.map((one) => one.secretId).sort(),
    );
    const filled = resourcesOf(synthesized).flatMap(({ type, values }) =>
      type === 'google_secret_manager_secret_version' ? [String(values.secret)] : [],
    );
    expect(filled.sort()).toEqual(
      secrets
        .filter(({ source }) => source === 'generated')
        .map(({ secretId }) => `projects/analysis-1/secrets/${secretId}`)
        .sort(),
    );
  });

  it('makes Fernet keys of 32 characters', () => {
    const key = 'tapline-airflow-production_fernet-key';
    expect(stackOf(synthesized, 'foundation').ephemeral?.random_password?.[key]).toMatchObject({
      length: 32,
      special: false,
    });
    expect(String(named(`google_secret_manager_secret_version.${key}`)?.values.secret_data_wo)).toContain(
      'base64encode',
    );
  });

  it('has no peering for databases where there is none', () => {
    const bare = synthStacks(
      platformOf('{ version: 1, name: bare, google: { project: analysis-1, region: us-west1 } }'),
    );
    const types = new Set(resourcesOf(bare).map(({ type }) => type));
    expect(types).not.toContain('google_service_networking_connection');
    expect(types).toContain('google_container_cluster');
  });

  it('fails for a model that names an identity which it does not hold', () => {
    const wrong = { ...platform, buckets: platform.buckets.map((b) => ({ ...b, writers: ['nobody'] })) };
    expect(() => synthStacks(wrong)).toThrow("names an identity 'nobody' that it does not hold");
  });
});
