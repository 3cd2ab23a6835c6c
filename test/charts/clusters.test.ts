import { manifestsOf, synth } from './platform-fixture';

const synthesized = synth(`
version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
clusters:
  runner: { zone: europe-west1-b, pods: 10.80.0.0/17, services: 10.81.0.0/20 }
namespaces: { elt: { cluster: runner }, web: {} }
secretDelivery: external-secrets
secrets:
  tap: { keys: [token], namespaces: [elt] }
meltano:
  elt: { namespace: elt, env: { TOKEN: { secret: tap/token } } }
  web: { namespace: web }
pipelines:
  orders: { meltano: elt, run: tap-orders target-postgres }
`);
const namespacesIn = (folder: string) => [
  ...new Set(
    manifestsOf(synthesized, folder).map(({ kind, metadata }) =>
      kind === 'Namespace' ? metadata.name : metadata.namespace,
    ),
  ),
];

describe('the manifests of several clusters', () => {
  it('are in a folder for each, with all that its namespaces hold and nothing else', () => {
    expect(namespacesIn('runner/')).toEqual(['elt']);
    expect(namespacesIn('platform/')).toEqual(['web']);
    expect(manifestsOf(synthesized, 'runner/').map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([
        'Namespace',
        'ServiceAccount',
        'SecretStore',
        'ExternalSecret',
        'CronJob',
        'NetworkPolicy',
      ]),
    );
  });

  it('reach the secrets by the cluster that they are on, in its zone', () => {
    const [store] = manifestsOf(synthesized, 'runner/20-secrets').filter(
      ({ kind }) => kind === 'SecretStore',
    );
    expect(store?.spec).toHaveProperty('provider.gcpsm.auth.workloadIdentity', {
      clusterName: 'acme-runner',
      clusterLocation: 'europe-west1-b',
      serviceAccountRef: { name: 'meltano-elt' },
    });
  });
});
