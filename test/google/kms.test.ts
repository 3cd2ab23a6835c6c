import { KmsCryptoKey, type KmsCryptoKeyProps, KmsKeyRing } from '../../src/google';
import { project, resourceOf, synthesize } from './support';

const agent = 'serviceAccount:service-1@gcp-sa-cloud-sql.iam.gserviceaccount.com';
const key = (more: Partial<KmsCryptoKeyProps> = {}) =>
  synthesize(
    (stack) => new KmsCryptoKey(stack, 'us-west1_sql', { name: 'sql', keyRing: 'ring', agent, ...more }),
  ).resource;

it('makes a ring in a location', () => {
  expect(
    resourceOf(
      'google_kms_key_ring',
      'us-west1',
      (stack) => new KmsKeyRing(stack, 'us-west1', { project, name: 'acme', location: 'us-west1' }),
    ),
  ).toMatchObject({ name: 'acme', location: 'us-west1' });
});

describe('KmsCryptoKey', () => {
  it('rotates every 90 days, and cannot be destroyed by Terraform', () => {
    expect(key().google_kms_crypto_key?.['us-west1_sql']).toMatchObject({
      rotation_period: '7776000s',
      destroy_scheduled_duration: '2592000s',
      version_template: { protection_level: 'SOFTWARE' },
      lifecycle: { prevent_destroy: true },
    });
  });

  it('takes another period, a hardware module, and leave to be destroyed', () => {
    expect(
      key({ rotationDays: 30, protection: 'HSM', deletionProtection: false }).google_kms_crypto_key?.[
        'us-west1_sql'
      ],
    ).toMatchObject({
      rotation_period: '2592000s',
      version_template: { protection_level: 'HSM' },
      lifecycle: { prevent_destroy: false },
    });
  });

  it('lets one agent encrypt and decrypt, and nobody manage it', () => {
    expect(key().google_kms_crypto_key_iam_member).toEqual({
      'us-west1_sql_agent': expect.objectContaining({
        crypto_key_id: '${google_kms_crypto_key.us-west1_sql.id}',
        role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
        member: agent,
      }),
    });
  });
});
