import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthCharts } from '../../charts/synth';
import { synthStacks } from '../../stacks/synth';
import { answerOf } from '../support/http-routes';
import { platformOf } from './platform-fixture';

type Json = any;

const read = (name: string) => {
  const text = readFileSync(join(__dirname, '../../conformance/platforms', `ingress-${name}.yaml`), 'utf8');
  const platform = platformOf(text);
  const objects = synthCharts(platform).documents.map(({ value }) => value as Json);
  const stack = synthStacks(platform).documents.find(({ file }) => file.includes('foundation'))
    ?.value as Json;
  return {
    objects,
    google: (type: string) => Object.values((stack.resource[type] ?? {}) as Record<string, Json>),
    of: (kind: string, namespace?: string) =>
      objects.filter(
        (one) => one.kind === kind && (namespace === undefined || one.metadata.namespace === namespace),
      ),
  };
};

describe('a Gateway', () => {
  const { of, google } = read('global');
  const [gateway] = of('Gateway');
  const ask = (scheme: 'http' | 'https', host: string, path = '/dags') =>
    answerOf(gateway, of('HTTPRoute'), { scheme, host, path });

  it('leads each host to its Airflow by HTTPS, into several namespaces', () => {
    expect(ask('https', 'airflow.data.example.com')).toEqual({
      kind: 'backend',
      namespace: 'production',
      service: 'airflow-production-api-server',
      port: 8080,
    });
    expect(ask('https', 'test.data.example.com', '/')).toMatchObject({
      namespace: 'testing',
      service: 'airflow-testing-webserver',
    });
  });

  it.each(['airflow.data.example.com', 'test.data.example.com', 'other.example.com'])(
    'serves nothing by HTTP at %s, and redirects to the same place',
    (host) => {
      expect(ask('http', host, '/dags/a')).toEqual({
        kind: 'redirect',
        status: 301,
        location: `https://${host}/dags/a`,
      });
    },
  );

  it('leads other hosts nowhere by HTTPS', () => {
    expect(ask('https', 'other.data.example.com').kind).toBe('none');
    expect(ask('https', 'data.example.com').kind).toBe('none');
  });

  it('takes the address, the certificate map, the SSL policy and Cloud Armor by the names that Terraform makes', () => {
    const named = (type: string) => google(type).map(({ name }) => name as string);
    expect(named('google_compute_global_address')).toContain(gateway.spec.addresses[0].value);
    expect(named('google_certificate_manager_certificate_map')).toEqual([
      gateway.metadata.annotations['networking.gke.io/certmap'],
    ]);
    expect(google('google_compute_ssl_policy')).toEqual([
      expect.objectContaining({
        name: of('GCPGatewayPolicy')[0].spec.default.sslPolicy,
        min_tls_version: 'TLS_1_2',
        profile: 'RESTRICTED',
      }),
    ]);
    expect(of('GCPBackendPolicy').map(({ spec }) => spec.default)).toEqual(
      [1, 2].map(() =>
        expect.objectContaining({
          timeoutSec: 120,
          iap: { enabled: true },
          securityPolicy: named('google_compute_security_policy')[0],
        }),
      ),
    );
  });

  it('asks each release for its health where that is told', () => {
    expect(
      of('HealthCheckPolicy').map(({ metadata, spec }) => [
        metadata.namespace,
        spec.default.config.httpHealthCheck.requestPath,
      ]),
    ).toEqual([
      ['production', '/api/v2/monitor/health'],
      ['testing', '/health'],
    ]);
  });
});

it('a regional Gateway names a certificate of the region itself, a regional address and a regional SSL policy', () => {
  const { of, google } = read('regional');
  const [gateway] = of('Gateway');
  expect(gateway.spec.gatewayClassName).toBe('gke-l7-regional-external-managed');
  expect(gateway.metadata.annotations).toBeUndefined();
  const certificate = google('google_certificate_manager_certificate').find(({ name }) =>
    name.endsWith('web'),
  );
  expect(certificate).toMatchObject({
    location: 'europe-west1',
    managed: { domains: ['airflow.example.com'] },
  });
  expect(gateway.spec.listeners[1].tls.options).toEqual({
    'networking.gke.io/cert-manager-certs': certificate.name,
  });
  expect(google('google_compute_address').map(({ name }) => name)).toContain(gateway.spec.addresses[0].value);
  expect(google('google_compute_region_ssl_policy')).toHaveLength(1);
});

it('an internal Gateway has no address of the internet, and the certificate that cert-manager writes', () => {
  const { of } = read('internal');
  const [gateway] = of('Gateway');
  const [certificate] = of('Certificate');
  expect(gateway.spec).toMatchObject({ gatewayClassName: 'gke-l7-rilb' });
  expect(gateway.spec.addresses).toBeUndefined();
  expect(gateway.spec.listeners[1].tls.certificateRefs[0].name).toBe(certificate.spec.secretName);
  expect(certificate.spec).toMatchObject({
    dnsNames: ['airflow.corp.example.com'],
    issuerRef: { kind: 'ClusterIssuer', name: 'corporate' },
  });
});

it('an Ingress of GKE redirects, and leads to pods by a Service that names how it is treated', () => {
  const { of, google } = read('gke');
  const [ingress] = of('Ingress');
  const { annotations } = ingress.metadata;
  const [frontend] = of('FrontendConfig');
  expect(annotations).toMatchObject({
    'kubernetes.io/ingress.global-static-ip-name': google('google_compute_global_address').find(
      ({ purpose }) => purpose === undefined,
    ).name,
    'networking.gke.io/managed-certificates': of('ManagedCertificate')[0].metadata.name,
    'networking.gke.io/v1beta1.FrontendConfig': frontend.metadata.name,
  });
  expect(frontend.spec.redirectToHttps.enabled).toBe(true);
  const { name } = ingress.spec.rules[0].http.paths[0].backend.service;
  const service = of('Service').find(({ metadata }) => metadata.name === name);
  const { default: backend } = JSON.parse(service.metadata.annotations['cloud.google.com/backend-config']);
  expect(of('BackendConfig')[0]).toMatchObject({
    metadata: { name: backend },
    spec: { iap: { enabled: true }, healthCheck: { requestPath: '/api/v2/monitor/health', port: 8080 } },
  });
});

describe('NGINX', () => {
  it('has the address, the ranges and the certificate that are asked for, and no right in the cluster', () => {
    const { of, objects } = read('nginx');
    const service = of('Service', 'web').find(({ spec }) => spec.type === 'LoadBalancer');
    expect(service).toMatchObject({
      metadata: {
        name: 'airflownginx',
        annotations: { 'networking.gke.io/load-balancer-ip-addresses': 'airflow-west' },
      },
      spec: {
        externalTrafficPolicy: 'Local',
        loadBalancerSourceRanges: ['198.51.100.0/24', '203.0.113.0/24'],
      },
    });
    const [pod] = of('Deployment', 'web').map(({ spec }) => spec.template.spec);
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.containers[0].securityContext.capabilities).toEqual({ drop: ['ALL'] });
    expect(of('ExternalSecret', 'web')[0].spec.target).toMatchObject({
      name: 'airflow-tls',
      template: { type: 'kubernetes.io/tls' },
    });
    const bound = objects.filter(
      ({ kind, metadata }) => kind === 'RoleBinding' && metadata.namespace === 'web',
    );
    expect(bound).toEqual([]);
  });

  it('is alone in having a load balancer and its node ports by the quota', () => {
    const { of } = read('nginx');
    const quotas = of('ResourceQuota').map(({ metadata, spec }) => [
      metadata.namespace,
      spec.hard['services.loadbalancers'],
    ]);
    expect(quotas).toEqual([
      ['production', '0'],
      ['testing', '0'],
      ['web', '1'],
    ]);
  });

  it('reads its certificate from the add-on where that brings the secrets', () => {
    const { of } = read('nginx-internal');
    const pod = of('Deployment').find(({ metadata }) => metadata.name === 'web').spec.template.spec;
    expect(pod.volumes).toContainEqual(
      expect.objectContaining({ csi: expect.anything(), name: 'secret-corporate-tls' }),
    );
    expect(of('Service').find(({ spec }) => spec.type === 'LoadBalancer').metadata.annotations).toEqual({
      'networking.gke.io/load-balancer-type': 'Internal',
    });
  });
});

describe('people', () => {
  const platform = (more: string) =>
    platformOf(`
version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
namespaces: { a: {}, b: {} }
access:
  groups:
    engineers: { member: "group:engineers@example.com", preset: engineer }
    developers: { member: "group:developers@example.com", preset: developer }
    analysts: { member: "group:analysts@example.com", preset: analyst }
    ada: { member: "user:ada@example.com", preset: analyst }
    all: { member: "domain:example.com", preset: developer }
${more}
`);
  const rolesOf = (one: ReturnType<typeof platformOf>) =>
    Object.fromEntries(one.access.groups.map(({ key, roles }) => [key, roles.map(({ role }) => role)]));
  const objectsOf = (one: ReturnType<typeof platformOf>) =>
    synthCharts(one)
      .documents.map(({ value }) => value as Json)
      .filter(({ metadata }) => metadata.name.startsWith('people-'));

  it('have rights in the namespaces by Google groups, and developers none of IAM beyond them', () => {
    const bound = platform('cluster: { securityGroup: gke-security-groups@example.com }');
    const bindings = objectsOf(bound).filter(({ kind }) => kind === 'RoleBinding');
    expect(
      bindings.map(({ metadata, subjects }) => [
        metadata.namespace,
        metadata.name,
        subjects.map((s: Json) => `${s.kind} ${s.name}`),
      ]),
    ).toEqual(
      ['a', 'b']
        .flatMap((namespace) => [
          [namespace, 'people-analyst', ['User ada@example.com', 'Group analysts@example.com']],
          [namespace, 'people-developer', ['Group developers@example.com']],
          [namespace, 'people-engineer', ['Group engineers@example.com']],
        ])
        .sort(([a, b], [c, d]) => `${String(b)}${String(a)}`.localeCompare(`${String(d)}${String(c)}`)),
    );
    const roles = rolesOf(bound);
    expect(roles.developers).not.toContain('roles/container.developer');
    expect(roles.developers).toContain('roles/container.clusterViewer');
    expect(roles.engineers).toContain('roles/container.admin');
    // A domain can be no subject of Kubernetes, so IAM goes on saying what it may.
    expect(roles.all).toContain('roles/container.developer');
  });

  it('see secrets and the inside of pods only as engineers, and never change what is deployed otherwise', () => {
    const roles = objectsOf(platform('cluster: { securityGroup: gke-security-groups@example.com }')).filter(
      ({ kind, metadata }) => kind === 'Role' && metadata.namespace === 'a',
    );
    const may = (role: string, verb: string, resource: string): boolean =>
      roles
        .find(({ metadata }) => metadata.name === `people-${role}`)
        .rules.some((rule: Json) => rule.verbs.includes(verb) && rule.resources.includes(resource));
    for (const role of ['analyst', 'developer']) {
      expect(
        ['secrets', 'pods/exec'].filter((one) => ['get', 'create'].some((verb) => may(role, verb, one))),
      ).toEqual([]);
      expect(may(role, 'patch', 'deployments')).toBe(false);
      expect(may(role, 'get', 'pods/log')).toBe(true);
    }
    expect(may('analyst', 'delete', 'pods')).toBe(false);
    expect([may('developer', 'create', 'jobs'), may('developer', 'create', 'pods/portforward')]).toEqual([
      true,
      true,
    ]);
    expect([may('engineer', 'create', 'pods/exec'), may('engineer', 'patch', 'secrets')]).toEqual([
      true,
      true,
    ]);
  });

  it('have what IAM gives them where the cluster knows of no groups', () => {
    const plain = platform('');
    expect(objectsOf(plain)).toEqual([]);
    expect(rolesOf(plain).developers).toContain('roles/container.developer');
  });
});

it('a container that says nothing gets defaults, and the quota is that of the configuration', () => {
  const [quota, range] = synthCharts(
    platformOf(`
version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
namespaces: { a: { quota: { cpu: 4, memory: 8Gi, ephemeralStorage: 10Gi, pods: 20 }, containerDefaults: { cpu: 1, memory: 512Mi } } }
`),
  )
    .documents.map(({ value }) => value as Json)
    .filter(({ kind }) => ['LimitRange', 'ResourceQuota'].includes(kind))
    .sort((a, b) => b.kind.localeCompare(a.kind));
  expect(quota.spec.hard).toEqual({
    pods: '20',
    'requests.cpu': '4',
    'requests.ephemeral-storage': '10Gi',
    'requests.memory': '8Gi',
    'services.loadbalancers': '0',
    'services.nodeports': '0',
  });
  expect(range.spec.limits).toEqual([
    {
      type: 'Container',
      default: { cpu: '1', memory: '512Mi', 'ephemeral-storage': '1Gi' },
      defaultRequest: { cpu: '100m', memory: '256Mi', 'ephemeral-storage': '512Mi' },
    },
  ]);
});
