import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { synthCharts } from '../../charts/synth';
import { loadPlatforms, type Platform } from '../../src/model';
import { Context, type End, type PodEnd, Reachability } from '../../src/policy';
import { podOf } from '../../src/policy/pods';
import { textOf, treesOf, valueAt } from '../../src/policy/tree';
import { examples } from '../support/examples';

const others = join(__dirname, '../../conformance/platforms');
const files: (readonly [string, string])[] = [
  ...examples,
  ...readdirSync(others)
    .filter((name) => name.startsWith('ingress-'))
    .map((name) => [name, join(others, name)] as const),
];

interface Workload extends PodEnd {
  /** `Deployment production/airflow-main-scheduler`. */
  readonly name: string;
  readonly hasProxy: boolean;
  /** Whether its service account acts as one at Google. */
  readonly hasIdentity: boolean;
}

interface Cluster {
  readonly title: string;
  readonly platform: Platform;
  readonly key: string;
  readonly pods: readonly Workload[];
  readonly reach: Reachability;
}

/** Every cluster of every example, and of a platform for each way in: its pods, and who reaches whom. */
const clusters: readonly Cluster[] = files.flatMap(([name, file]) =>
  loadPlatforms(
    { name: file, text: readFileSync(file, 'utf8') },
    {
      read: (path) => readFileSync(join(dirname(file), path), 'utf8'),
    },
  ).platforms.flatMap((platform) => {
    const { documents } = synthCharts(platform);
    return platform.clusters.map(({ key }): Cluster => {
      const context = new Context(documents.filter(({ unit }) => unit === key));
      const bound = new Set(
        context
          .objects('ServiceAccount')
          .filter(({ body }) =>
            Object.hasOwn(valueAt(body, 'metadata.annotations') ?? {}, 'iam.gke.io/gcp-service-account'),
          )
          .map(({ namespace, name: account }) => `${namespace}/${account}`),
      );
      const pods = context.resources.flatMap((resource): Workload[] => {
        const pod = resource.kind === 'kubernetes' ? podOf(resource) : undefined;
        if (pod === undefined) return [];
        const { namespace, name: owner, type } = pod.owner;
        return [
          {
            kind: 'pod',
            name: `${type} ${namespace}/${owner}`,
            namespace,
            labels: pod.labels,
            namedPorts: new Map(
              pod.containers
                .flatMap(({ body }) => treesOf(body.ports))
                .map((port) => [textOf(port.name), Number(port.containerPort)] as const),
            ),
            hasProxy: pod.containers.some(({ body }) => body.name === 'cloud-sql-proxy'),
            hasIdentity: bound.has(`${namespace}/${textOf(pod.spec.serviceAccountName)}`),
          },
        ];
      });
      const namespaces = new Map(platform.namespaces.map((one) => [one.name, one.labels] as const));
      return {
        title: `${name} ${platform.environment ?? ''} ${key}`,
        platform,
        key,
        pods,
        reach: new Reachability(context.objects('NetworkPolicy'), namespaces),
      };
    });
  }),
);
const withPods = clusters.filter(({ pods }) => pods.length > 0).map((one) => [one.title, one] as const);

const at = (address: string): End => ({ kind: 'address', address });
const first = (cidr: string) => at(cidr.replace(/\.\d+\/\d+$/, '.9'));
const isWeb = ({ labels }: PodEnd) =>
  labels['app.kubernetes.io/name'] === 'airflow' &&
  ['api-server', 'webserver'].includes(textOf(labels['app.kubernetes.io/component']));
const instanceOf = ({ labels }: PodEnd) => textOf(labels['app.kubernetes.io/instance']);
const names = (pods: readonly Workload[]) => pods.map(({ name }) => name).sort();

/** Pods that nobody here made: in the same namespaces without labels, elsewhere, and with borrowed labels. */
function strangers({ pods, platform }: Cluster): PodEnd[] {
  const [some] = pods;
  return [
    ...platform.namespaces.map(({ name }): PodEnd => ({
      kind: 'pod',
      namespace: name,
      labels: { app: 'stranger' },
    })),
    { kind: 'pod', namespace: 'default', labels: some?.labels ?? {} },
    { kind: 'pod', namespace: 'kube-system', labels: { 'k8s-app': 'stranger' } },
  ];
}

describe.each(withPods)('%s', (_, cluster) => {
  const { platform, pods, reach, key } = cluster;
  const { network } = platform;
  const ingress = platform.ingress?.cluster === key ? platform.ingress : null;
  const google = ['35.191.0.7', '130.211.1.7'].map(at);
  const outside = ['8.8.8.8', '203.0.113.7', '198.51.100.7', '10.200.0.9'].map(at);
  const inner = [first(network.nodesCidr), first(network.servicesCidr)];

  it('lets nobody to a web interface but its own Airflow and the way in', () => {
    for (const web of pods.filter(isWeb)) {
      const port = { port: 8080 };
      const led = ingress?.hosts.some(({ airflow }) => airflow === instanceOf(web)) ?? false;
      const nginx = (end: PodEnd) => led && end.labels['app.kubernetes.io/component'] === 'nginx';
      const own = (end: PodEnd) =>
        end.namespace === web.namespace &&
        end.labels['app.kubernetes.io/name'] === 'airflow' &&
        instanceOf(end) === instanceOf(web);
      expect(names(pods.filter((end) => reach.letsIn(end, web, port)))).toEqual(
        names(pods.filter((end) => own(end) || nginx(end))),
      );
      expect(strangers(cluster).filter((end) => reach.letsIn(end, web, port))).toEqual([]);
      const sources = led && ingress !== null && ingress.way.kind !== 'nginx' ? ingress.way.sources : [];
      expect([...outside, ...inner].filter((end) => reach.letsIn(end, web, port))).toEqual([]);
      expect(google.map((end) => reach.letsIn(end, web, port))).toEqual(google.map(() => sources.length > 0));
      expect(sources.map(first).every((end) => reach.letsIn(end, web, port))).toBe(true);
      if (network.proxyOnly !== null) {
        const isRegional = sources.includes(network.proxyOnly.cidr);
        expect(reach.letsIn(first(network.proxyOnly.cidr), web, port)).toBe(isRegional);
      }
      // Nothing of the way in leads anywhere else.
      expect(
        [...google, ...sources.map(first)].filter((end) => reach.letsIn(end, web, { port: 9090 })),
      ).toEqual([]);
    }
  });

  it('lets only pods with the proxy to the databases, and all of these', () => {
    const ranges = platform.databases.some(({ psc }) => psc !== null)
      ? [network.databasesCidr, network.nodesCidr]
      : [network.databasesCidr];
    const reaching = pods.filter((pod) =>
      ranges.some((range) => reach.letsOut(pod, first(range), { port: 3307 })),
    );
    expect(names(reaching.filter(({ hasProxy }) => !hasProxy))).toEqual(names(sharing(cluster, reaching)));
    expect(names(pods.filter(({ hasProxy }) => hasProxy))).toEqual(
      names(reaching.filter(({ hasProxy }) => hasProxy)),
    );
    // The database itself speaks at another port, which nobody connects to.
    expect(pods.filter((pod) => reach.letsOut(pod, first(network.databasesCidr), { port: 5432 }))).toEqual(
      [],
    );
  });

  it('lets nobody to a proxy: it serves its own pod, which needs no network for it', () => {
    const proxied = pods.filter(({ hasProxy }) => hasProxy);
    const reached = [...pods, ...strangers(cluster), ...google, ...outside, ...inner].flatMap((end) =>
      proxied.filter((pod) => [5432, 9090].some((port) => reach.letsIn(end, pod, { port }))),
    );
    expect(names(reached)).toEqual([]);
  });

  it('lets only pods that act as somebody at Google to the metadata server', () => {
    const servers = [
      ['169.254.169.254', 80],
      ['169.254.169.252', 988],
    ] as const;
    const asking = pods.filter((pod) =>
      servers.some(([server, port]) => reach.letsOut(pod, at(server), { port })),
    );
    expect(names(asking.filter(({ hasIdentity }) => !hasIdentity))).toEqual([]);
    expect(names(pods.filter(({ hasProxy }) => hasProxy).filter((pod) => !asking.includes(pod)))).toEqual([]);
  });

  it('lets the world in nowhere but at NGINX, and there the ranges that may come', () => {
    const ports = [80, 443, 5432, 8080, 8081, 8125, 8443, 8793, 8794, 9102];
    const reached = pods.filter((pod) =>
      outside.some((end) => ports.some((port) => reach.letsIn(end, pod, { port }))),
    );
    const nginx = pods.filter(({ labels }) => labels['app.kubernetes.io/component'] === 'nginx');
    expect(names(reached)).toEqual(names(nginx));
    for (const pod of nginx) {
      if (ingress?.way.kind !== 'nginx') throw new Error('NGINX where nobody asked for it');
      const { allow } = ingress.way;
      expect(allow.map(first).every((end) => reach.letsIn(end, pod, { port: 8443 }))).toBe(true);
      expect(reach.letsIn(at('8.8.8.8'), pod, { port: 8443 })).toBe(false);
      expect(allow.map(first).some((end) => reach.letsIn(end, pod, { port: 8081 }))).toBe(false);
      const led = pods.filter((web) => isWeb(web) && reach.allows(pod, web, { port: 8080 }));
      expect(led.map(instanceOf).sort()).toEqual(ingress.hosts.map(({ airflow }) => airflow).sort());
      expect(reach.letsOut(pod, at('8.8.8.8'), { port: 443 })).toBe(false);
    }
  });
});

/** Pods without a proxy whose policy is that of pods with one: all of an Airflow, or of a Meltano project. */
function sharing({ pods }: Cluster, reaching: readonly Workload[]): Workload[] {
  const withProxy = pods.filter(({ hasProxy }) => hasProxy);
  return reaching.filter(
    (pod) =>
      !pod.hasProxy &&
      withProxy.some((other) => other.namespace === pod.namespace && instanceOf(other) === instanceOf(pod)),
  );
}
