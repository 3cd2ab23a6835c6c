import {
  EphemeralPassword,
  GeneratedSecretVersion,
  SecretManagerSecret,
  type SecretManagerSecretProps,
} from '../../src/google';
import { project, resourceOf, synthesize } from './support';

describe('SecretManagerSecret', () => {
  const secret = (more: Partial<SecretManagerSecretProps> = {}) =>
    synthesize(
      (stack) =>
        new SecretManagerSecret(stack, 'tap-secrets_sf_user', {
          project,
          secretId: 'acme-tap-secrets--sf_user',
          readers: { 'meltano-gitlab': 'serviceAccount:m@analysis-1.iam.gserviceaccount.com' },
          labels: { team: 'data' },
          ...more,
        }),
    ).resource;

  it('holds no value, and lets its readers read that one secret only', () => {
    const resource = secret();
    expect(resource.google_secret_manager_secret?.['tap-secrets_sf_user']).toMatchObject({
      secret_id: 'acme-tap-secrets--sf_user',
      replication: { auto: {} },
      labels: { team: 'data' },
    });
    expect(
      resource.google_secret_manager_secret_iam_member?.['tap-secrets_sf_user_meltano-gitlab'],
    ).toMatchObject({
      secret_id: '${google_secret_manager_secret.tap-secrets_sf_user.secret_id}',
      role: 'roles/secretmanager.secretAccessor',
      member: 'serviceAccount:m@analysis-1.iam.gserviceaccount.com',
    });
    expect(resource).not.toHaveProperty('google_secret_manager_secret_version');
  });

  it('keeps destroyed values for a week', () => {
    expect(secret().google_secret_manager_secret?.['tap-secrets_sf_user']).toHaveProperty(
      'version_destroy_ttl',
      '604800s',
    );
  });

  it('keeps its values in the regions that are named, each with the key of its region', () => {
    const regions = [{ region: 'us-west1', kmsKey: 'key' }, { region: 'us-east1' }];
    const made = secret({ regions }).google_secret_manager_secret?.['tap-secrets_sf_user'];
    expect(made).toHaveProperty('replication', {
      user_managed: {
        replicas: [
          { location: 'us-west1', customer_managed_encryption: { kms_key_name: 'key' } },
          { location: 'us-east1' },
        ],
      },
    });
  });

  it('tells a topic when its values have to be changed, and leaves the next time to Google', () => {
    const rotation = { periodDays: 90, topic: 'projects/analysis-1/topics/rotations' };
    expect(secret({ rotation }).google_secret_manager_secret?.['tap-secrets_sf_user']).toMatchObject({
      topics: [{ name: 'projects/analysis-1/topics/rotations' }],
      rotation: {
        rotation_period: '7776000s',
        next_rotation_time: '${timeadd(plantimestamp(), "2160h")}',
      },
      lifecycle: { ignore_changes: ['rotation[0].next_rotation_time'] },
    });
  });

  it('is protected where that is asked for', () => {
    const path = 'deletion_protection';
    expect(secret().google_secret_manager_secret?.['tap-secrets_sf_user']).toHaveProperty(path, false);
    expect(
      secret({ deletionProtection: true, destroyTtlDays: 30 }).google_secret_manager_secret?.[
        'tap-secrets_sf_user'
      ],
    ).toMatchObject({ deletion_protection: true, version_destroy_ttl: '2592000s' });
  });

  it('takes a key', () => {
    expect(secret({ kmsKey: 'key' }).google_secret_manager_secret?.['tap-secrets_sf_user']).toHaveProperty(
      'replication.auto.customer_managed_encryption.kms_key_name',
      'key',
    );
  });
});

describe('GeneratedSecretVersion', () => {
  const version = (format?: 'plain' | 'fernet') =>
    resourceOf('google_secret_manager_secret_version', 'keys', (stack) => {
      const password = new EphemeralPassword(stack, 'fernet');
      new GeneratedSecretVersion(stack, 'keys', {
        secret: 'projects/analysis-1/secrets/keys',
        password,
        ...(format === undefined ? {} : { format }),
      });
    });

  it('sends a value that exists only while Terraform runs', () => {
    expect(version()).toMatchObject({
      secret_data_wo: '${ephemeral.random_password.fernet.result}',
      secret_data_wo_version: 1,
    });
  });

  it('makes a Fernet key of the URL-safe Base64 of 32 bytes', () => {
    expect(version('fernet')).toHaveProperty(
      'secret_data_wo',
      '${replace(replace(base64encode(ephemeral.random_password.fernet.result), "+", "-"), "/", "_")}',
    );
  });

  it('makes the new version before it destroys the old one', () => {
    expect(version()).toHaveProperty('lifecycle.create_before_destroy', true);
  });
});

describe('EphemeralPassword', () => {
  it('names its provider, and is of 32 letters and digits', () => {
    const { ephemeral, terraform } = synthesize((stack) => new EphemeralPassword(stack, 'one'));
    expect(ephemeral?.random_password?.one).toMatchObject({ length: 32, special: false });
    expect(terraform).toHaveProperty('required_providers.random', {
      source: 'hashicorp/random',
      version: '~> 3.7',
    });
  });

  it('fails for a length that can be guessed', () => {
    expect(() => synthesize((stack) => new EphemeralPassword(stack, 'one', { length: 4 }))).toThrow(
      'length: got 4, expected ≥ 8; raise it',
    );
  });
});
