import type { RuleId } from '../../src/config/policy-rules';
import { Context, type Verdict } from '../../src/policy';
import { cluster, terraform } from './fixture';
import { ingressCases } from './ingress-cases';

/** A small output of its own, for what no change of one value shows. */
export interface Case {
  readonly rule: RuleId;
  readonly title: string;
  readonly context: Context;
  readonly address: string;
  readonly outcome: Verdict['outcome'];
  /** What the rule names. @default - nothing */
  readonly paths?: readonly string[];
}

const pod = (container: Record<string, unknown>, kind = 'Deployment') =>
  cluster({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'a', namespace: 'n' },
    spec: { template: { spec: { containers: [{ name: 'c', ...container }] } } },
  });
const deployment = 'apps/v1/Deployment/n/a';
const probe = { httpGet: { path: '/', port: 80 } };
const container = 'spec.template.spec.containers[c]';

const binding = { role: 'roles/browser', members: ['user:a@example.com'] };
const resource = (type: string, body: unknown = {}) => ({
  context: terraform({ [type]: { a: body } }),
  address: `${type}.a`,
});

/** An output with a key that the agent of Cloud Storage may use, and a bucket. */
const keys = {
  google_kms_crypto_key_iam_member: {
    a: {
      role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
      member: 'serviceAccount:service-1@gs-project-accounts.iam.gserviceaccount.com',
    },
  },
};
const bucket = (body: unknown, file: Record<string, unknown> = {}) => ({
  context: new Context([
    {
      unit: 'stacks/keys',
      file: 'a',
      value: { resource: keys, terraform: { backend: { gcs: { bucket: 'state' } } } },
    },
    { unit: 'stacks/x', file: 'b', value: { resource: { google_storage_bucket: { a: body } }, ...file } },
  ]),
  address: 'google_storage_bucket.a',
});
const encrypted = {
  name: 'b',
  encryption: { default_kms_key_name: 'projects/p/locations/l/keyRings/r/cryptoKeys/k' },
};

export const cases: readonly Case[] = [
  {
    rule: 'TL-IAM-006',
    title: 'a binding on the whole project',
    ...resource('google_project_iam_binding', binding),
    outcome: 'non-compliant',
    paths: ['role'],
  },
  {
    rule: 'TL-IAM-006',
    title: 'the policy of a folder',
    ...resource('google_folder_iam_policy', {}),
    outcome: 'non-compliant',
    paths: ['role'],
  },
  {
    rule: 'TL-IAM-006',
    title: 'a binding on one bucket',
    ...resource('google_storage_bucket_iam_binding', binding),
    outcome: 'compliant',
  },
  {
    rule: 'TL-IAM-007',
    title: 'a key of a service account',
    ...resource('google_service_account_key'),
    outcome: 'non-compliant',
    paths: ['service_account_id'],
  },
  {
    rule: 'TL-IAM-007',
    title: 'a key for another protocol',
    ...resource('google_storage_hmac_key'),
    outcome: 'non-compliant',
    paths: ['service_account_id'],
  },
  {
    rule: 'TL-POD-012',
    title: 'a container without probes',
    context: pod({}),
    address: deployment,
    outcome: 'non-compliant',
    paths: [container],
  },
  {
    rule: 'TL-POD-012',
    title: 'a container that is asked only while it starts',
    context: pod({ startupProbe: probe }),
    address: deployment,
    outcome: 'non-compliant',
    paths: [container],
  },
  {
    rule: 'TL-POD-012',
    title: 'a container that is asked whether it is ready',
    context: pod({ readinessProbe: probe }),
    address: deployment,
    outcome: 'compliant',
  },
  {
    rule: 'TL-POD-015',
    title: 'a tag that a node may have already',
    context: pod({ image: 'x:1' }),
    address: deployment,
    outcome: 'non-compliant',
    paths: [`${container}.imagePullPolicy`],
  },
  {
    rule: 'TL-POD-015',
    title: 'a tag that is always asked for',
    context: pod({ image: 'x:1', imagePullPolicy: 'Always' }),
    address: deployment,
    outcome: 'compliant',
  },
  {
    rule: 'TL-POD-015',
    title: 'a digest',
    context: pod({ image: `x@sha256:${'0'.repeat(64)}` }),
    address: deployment,
    outcome: 'compliant',
  },
  {
    rule: 'TL-KMS-004',
    title: 'a bucket without the key that is there for it',
    ...bucket({ name: 'b' }),
    outcome: 'non-compliant',
    paths: ['encryption.default_kms_key_name'],
  },
  { rule: 'TL-KMS-004', title: 'a bucket with a key', ...bucket(encrypted), outcome: 'compliant' },
  {
    rule: 'TL-KMS-004',
    title: 'the bucket of the state, which is there before any key',
    ...bucket({ name: 'state' }),
    outcome: 'not-applicable',
  },
  {
    rule: 'TL-KMS-004',
    title: 'a bucket where nobody has keys',
    ...resource('google_storage_bucket', { name: 'b' }),
    outcome: 'not-applicable',
  },
  ...ingressCases,
];
