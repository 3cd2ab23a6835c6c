import { cloudSqlProxy, hardenedContainer, renderPodTemplate, scratch, sidecar } from '../../src/kubernetes';
import { resources } from './helpers';

const container = {
  name: 'main',
  image: 'image:1',
  secretDelivery: 'addon' as const,
  resources,
  runAs: { user: 10001, group: 10001 },
};

const pod = {
  labels: { a: 'b' },
  serviceAccount: 'sa',
  volumeGroup: 10001,
  placement: { nodeSelector: {}, tolerations: [] },
  terminationGracePeriodSeconds: 30,
  restartPolicy: 'Always' as const,
};

describe('hardenedContainer', () => {
  it('meets every point of the level restricted, and a read-only root', () => {
    expect(hardenedContainer(container).spec.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsGroup: 10001,
      runAsNonRoot: true,
      runAsUser: 10001,
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  it('pulls always and writes requests and limits down', () => {
    expect(hardenedContainer(container).spec).toMatchObject({ imagePullPolicy: 'Always', resources });
  });

  it('fails for root, and names the container and the fix', () => {
    expect(() => hardenedContainer({ ...container, runAs: { user: 0, group: 0 } })).toThrow(
      /container 'main': got runAs.user 0.* set runAs.user/,
    );
  });

  it('mounts a secret once that is wanted as a file and as a variable', () => {
    const { mounts } = hardenedContainer({
      ...container,
      command: ['run'],
      env: [{ name: 'T', secret: 's', key: 'k' }],
      secretFiles: ['s'],
    });
    expect(mounts.map(({ path }) => path)).toEqual(['/run/secrets/s']);
  });

  it('renders probes by HTTP and by a command, with a time limit', () => {
    const { spec } = hardenedContainer({
      ...container,
      livenessProbe: { check: { kind: 'http', path: '/h', port: 80 }, periodSeconds: 5, failureThreshold: 2 },
      readinessProbe: {
        check: { kind: 'exec', command: ['true'] },
        periodSeconds: 5,
        failureThreshold: 2,
        timeoutSeconds: 20,
      },
    });
    expect(spec.livenessProbe).toMatchObject({ httpGet: { path: '/h', port: 80 }, timeoutSeconds: 5 });
    expect(spec.readinessProbe).toMatchObject({ exec: { command: ['true'] }, timeoutSeconds: 20 });
  });
});

describe('renderPodTemplate', () => {
  it('gives no token of the Kubernetes API and no variables of other Services', () => {
    expect(renderPodTemplate({ ...pod, containers: [hardenedContainer(container)] }).spec).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      serviceAccountName: 'sa',
    });
  });

  it('starts sidecars before the other init containers', () => {
    const { spec } = renderPodTemplate({
      ...pod,
      sidecars: [sidecar(hardenedContainer({ ...container, name: 'proxy' }))],
      initContainers: [hardenedContainer({ ...container, name: 'check' })],
      containers: [hardenedContainer(container)],
    });
    expect(spec.initContainers).toMatchObject([
      { name: 'proxy', restartPolicy: 'Always' },
      { name: 'check' },
    ]);
    expect((spec.initContainers as object[])[1]).not.toHaveProperty('restartPolicy');
  });

  it('gathers each volume once', () => {
    const tmp = scratch('tmp', '/tmp', '1Gi');
    const both = ['one', 'two'].map((name) => hardenedContainer({ ...container, name, mounts: [tmp] }));
    expect(renderPodTemplate({ ...pod, containers: both }).spec.volumes).toEqual([
      { name: 'tmp', emptyDir: { sizeLimit: '1Gi' } },
    ]);
  });

  it('fails for two volumes of one name, and shows both', () => {
    const containers = ['1Gi', '2Gi'].map((size) =>
      hardenedContainer({ ...container, mounts: [scratch('tmp', '/tmp', size)] }),
    );
    expect(() => renderPodTemplate({ ...pod, containers })).toThrow(/volume 'tmp'.*1Gi.*2Gi.*rename one/);
  });

  it('tolerates taints and selects nodes as asked', () => {
    const placement = {
      nodeSelector: { 'tapline.dev/pool': 'tasks' },
      tolerations: [{ key: 'tapline.dev/pool', value: 'tasks', effect: 'NoSchedule' as const }],
    };
    expect(
      renderPodTemplate({ ...pod, placement, containers: [hardenedContainer(container)] }).spec,
    ).toMatchObject({
      nodeSelector: { 'tapline.dev/pool': 'tasks' },
      tolerations: [{ key: 'tapline.dev/pool', operator: 'Equal', value: 'tasks', effect: 'NoSchedule' }],
    });
  });
});

describe('cloudSqlProxy', () => {
  const args = (iamLogin: boolean) =>
    cloudSqlProxy({ image: 'proxy:2', connectionName: 'p:r:i', iamLogin }).spec.args as string[];

  it('connects by the private address and listens on the loopback address alone', () => {
    expect(args(false)).toEqual(
      expect.arrayContaining(['p:r:i', '--address=127.0.0.1', '--port=5432', '--private-ip']),
    );
  });

  it('logs in by IAM only where asked', () => {
    expect(args(true)).toContain('--auto-iam-authn');
    expect(args(false)).not.toContain('--auto-iam-authn');
  });

  it('is a sidecar that what follows waits for, as a user that is not root', () => {
    expect(cloudSqlProxy({ image: 'proxy:2', connectionName: 'p:r:i', iamLogin: true }).spec).toMatchObject({
      restartPolicy: 'Always',
      startupProbe: { httpGet: { path: '/startup', port: 9090 } },
      livenessProbe: { httpGet: { path: '/liveness', port: 9090 } },
      securityContext: { runAsUser: 65532, readOnlyRootFilesystem: true },
    });
  });
});
