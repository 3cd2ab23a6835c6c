import {
  cloudSqlEgress,
  dnsEgress,
  ExternalSecret,
  googleApisEgress,
  metadataServerEgress,
  NetworkPolicy,
  podRule,
  rangeEgress,
  RestrictedNamespace,
  SecretProviderClass,
  SecretStore,
  WorkloadServiceAccount,
} from '../../src/kubernetes';
import { labels, manifestsOf } from './helpers';

const object = { name: 'x', namespace: 'n', labels };

it('makes namespaces that admit only restricted pods, whatever other labels say', () => {
  const [manifest] = manifestsOf(
    (scope) =>
      new RestrictedNamespace(scope, 'n', {
        name: 'n',
        labels,
        extraLabels: { team: 'data', 'pod-security.kubernetes.io/enforce': 'privileged' },
      }),
  );
  expect(manifest.metadata.labels).toMatchObject({
    team: 'data',
    'pod-security.kubernetes.io/enforce': 'restricted',
    'pod-security.kubernetes.io/enforce-version': 'latest',
    'pod-security.kubernetes.io/audit': 'restricted',
    'pod-security.kubernetes.io/warn': 'restricted',
  });
});

it('binds service accounts to Google without a token of Kubernetes', () => {
  const [manifest] = manifestsOf(
    (scope) =>
      new WorkloadServiceAccount(scope, 's', {
        ...object,
        googleServiceAccount: 'a@p.iam.gserviceaccount.com',
      }),
  );
  expect(manifest).toMatchObject({
    kind: 'ServiceAccount',
    automountServiceAccountToken: false,
    metadata: {
      name: 'x',
      namespace: 'n',
      annotations: { 'iam.gke.io/gcp-service-account': 'a@p.iam.gserviceaccount.com' },
    },
  });
});

describe('NetworkPolicy', () => {
  it('closes both directions where it has no rules', () => {
    const [manifest] = manifestsOf((scope) => new NetworkPolicy(scope, 'p', { ...object, podSelector: {} }));
    expect(manifest.spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  it('opens what its rules say, in their direction', () => {
    const [manifest] = manifestsOf(
      (scope) =>
        new NetworkPolicy(scope, 'p', {
          ...object,
          podSelector: { a: 'b' },
          ingress: [podRule({ c: 'd' }, [8080])],
          egress: [cloudSqlEgress('10.0.32.0/20')],
        }),
    );
    expect(manifest.spec).toMatchObject({
      podSelector: { matchLabels: { a: 'b' } },
      ingress: [
        { from: [{ podSelector: { matchLabels: { c: 'd' } } }], ports: [{ port: 8080, protocol: 'TCP' }] },
      ],
      egress: [{ to: [{ ipBlock: { cidr: '10.0.32.0/20' } }], ports: [{ port: 3307, protocol: 'TCP' }] }],
    });
  });

  it('resolves names at kube-dns, at the cache on the node and at Cloud DNS', () => {
    const text = JSON.stringify(dnsEgress());
    for (const peer of ['kube-dns', 'node-local-dns', '169.254.20.10/32', '169.254.169.254/32']) {
      expect(text).toContain(peer);
    }
    expect(dnsEgress().ports).toEqual([
      { port: 53, protocol: 'UDP' },
      { port: 53, protocol: 'TCP' },
    ]);
  });

  it('reaches the metadata server at both of its addresses, each with its own ports', () => {
    expect(metadataServerEgress()).toMatchObject([
      { peers: [{ ipBlock: { cidr: '169.254.169.254/32' } }], ports: [{ port: 80 }, { port: 8080 }] },
      { peers: [{ ipBlock: { cidr: '169.254.169.252/32' } }], ports: [{ port: 987 }, { port: 988 }] },
    ]);
  });

  it('opens the public internet for Google on port 443 alone, and nothing private', () => {
    const rule = googleApisEgress();
    expect(rule.ports).toEqual([{ port: 443, protocol: 'TCP' }]);
    expect(rule.peers[0]).toMatchObject({
      ipBlock: { cidr: '0.0.0.0/0', except: expect.arrayContaining(['10.0.0.0/8', '169.254.0.0/16']) },
    });
  });

  it('leaves except out where there is none, as the API server does', () => {
    expect(JSON.stringify(rangeEgress({ cidr: '10.1.0.0/16', except: [], ports: [5432] }))).not.toContain(
      'except',
    );
  });
});

it('names values in Secret Manager for the add-on, as text that is YAML', () => {
  const [manifest] = manifestsOf(
    (scope) =>
      new SecretProviderClass(scope, 's', {
        ...object,
        project: 'p',
        values: [
          { key: 'a.b', secretId: 'acme-x--a' },
          { key: 'c', secretId: 'acme-x--c' },
        ],
      }),
  );
  expect(manifest.spec).toEqual({
    provider: 'gke',
    parameters: {
      secrets: [
        '- resourceName: "projects/p/secrets/acme-x--a/versions/latest"',
        '  path: "a.b"',
        '- resourceName: "projects/p/secrets/acme-x--c/versions/latest"',
        '  path: "c"',
        '',
      ].join('\n'),
    },
  });
});

it('reads for External Secrets as the service account of the workload', () => {
  const [store, secret] = manifestsOf((scope) => {
    new SecretStore(scope, 'store', {
      ...object,
      project: 'p',
      cluster: { name: 'c', location: 'r' },
      serviceAccount: 'sa',
    });
    new ExternalSecret(scope, 'secret', { ...object, store: 'sa', values: [{ key: 'k', secretId: 'id' }] });
  });
  expect(store).toMatchObject({
    apiVersion: 'external-secrets.io/v1',
    spec: {
      provider: {
        gcpsm: {
          projectID: 'p',
          auth: {
            workloadIdentity: { clusterName: 'c', clusterLocation: 'r', serviceAccountRef: { name: 'sa' } },
          },
        },
      },
    },
  });
  expect(secret?.spec).toMatchObject({
    secretStoreRef: { kind: 'SecretStore', name: 'sa' },
    target: { name: 'x', deletionPolicy: 'Retain' },
    data: [{ secretKey: 'k', remoteRef: { key: 'id' } }],
  });
});
