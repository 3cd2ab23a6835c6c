import type { Context } from '../context';
import { podRule } from '../pods';
import type { End, PortOf } from '../reachability';
import { textOf, textsOf } from '../tree';
import { reachabilityOf } from '../ways';

/** Port at which an instance of Cloud SQL takes connections of the proxy. */
const port = 3307;

/** What the proxy needs beside its instance: names, a token, and the API that tells it about the instance. */
const always: readonly (readonly [string, End, PortOf])[] = [
  [
    'the DNS of the cluster',
    { kind: 'pod', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
    { port: 53, protocol: 'UDP' },
  ],
  ['the metadata server', { kind: 'address', address: '169.254.169.254' }, { port: 80 }],
  ["Google's APIs", { kind: 'address', address: '142.250.0.1' }, { port: 443 }],
];

export const policyProxy = podRule({
  id: 'TL-NP-007',
  title: 'Network policies cut a pod off from its database',
  severity: 'error',
  why: 'The Cloud SQL Auth Proxy does not get to the instance, and the pod never starts',
  fix: 'open the range of the instances on port 3307, DNS, the metadata server and port 443 for the pod',
  see: 'https://cloud.google.com/sql/docs/postgres/connect-auth-proxy#requirements',
  finds: (pod, context) => {
    const proxy = pod.containers.find(({ body }) => body.name === 'cloud-sql-proxy');
    if (proxy === undefined) return [];
    const { unit, namespace } = pod.owner;
    const end = { kind: 'pod', namespace, labels: pod.labels } as const;
    const reach = reachabilityOf(unit, context);
    const ranges = textsOf(proxy.body.args).includes('--psc')
      ? endpointRanges(context)
      : serviceRanges(context);
    const needed = [
      ...always,
      ...ranges.map(
        (range) =>
          [
            `the instances in ${range}`,
            { kind: 'address', address: range.split('/')[0] ?? '' },
            { port },
          ] as const,
      ),
    ];
    return needed
      .filter(([, to, at]) => !reach.letsOut(end, to, at))
      .map(([what, , at]) => ({
        path: proxy.path,
        found: `no way to ${what}, port ${at.port}`,
        wanted: 'a NetworkPolicy that opens it',
      }));
  },
});

/** Ranges that are reserved for Cloud SQL. */
function serviceRanges(context: Context): string[] {
  return context
    .terraform('google_compute_global_address')
    .filter(({ body }) => body.purpose === 'VPC_PEERING')
    .flatMap(({ body }) =>
      textOf(body.address) === '' ? [] : [`${textOf(body.address)}/${String(body.prefix_length)}`],
    );
}

/** Subnets, in which endpoints of Private Service Connect are. */
function endpointRanges(context: Context): string[] {
  return context
    .terraform('google_compute_subnetwork')
    .filter(({ body }) => body.purpose === undefined)
    .flatMap(({ body }) => textOf(body.ip_cidr_range) || []);
}
