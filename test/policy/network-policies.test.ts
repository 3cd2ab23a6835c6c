import { cluster } from './fixture';
import { violations } from './violations';

describe('what network policies open', () => {
  const policy = (name: string, spec: unknown) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'a' },
    spec,
  });
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } };
  const address = 'networking.k8s.io/v1/NetworkPolicy/a/p';
  const egress = (to: unknown, ports: unknown = [{ port: 443 }]) =>
    violations('TL-NP-002', cluster(policy('p', { podSelector: {}, egress: [{ to, ports }] })), address);
  const block = (cidr: string, except?: string[]) => ({ ipBlock: { cidr, ...(except && { except }) } });
  const inside = [
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.168.0.0/16',
  ];

  it('passes the internet without the private ranges, on named ports', () => {
    expect(egress([block('0.0.0.0/0', inside)])).toEqual([]);
  });

  it('fails where a second range gives back what the first leaves out', () => {
    expect(egress([block('0.0.0.0/0', inside), block('10.0.0.0/8')])).toHaveLength(1);
  });

  it('fails two halves of the internet, and an exception too small to matter', () => {
    expect(egress([block('0.0.0.0/1', inside), block('128.0.0.0/1')])).toHaveLength(1);
    expect(egress([block('0.0.0.0/0', ['10.0.0.0/9'])])).toHaveLength(1);
  });

  it.each([
    ['no peer', []],
    ['an empty peer', [{}]],
    ['pods of every namespace', [{ namespaceSelector: {} }]],
  ])('fails %s', (_, to) => {
    expect(egress(to)).toHaveLength(1);
  });

  it.each([
    ['it denies one direction only', [policy('p', { podSelector: {}, policyTypes: ['Ingress'] })], 1],
    [
      'it chooses some pods only',
      [policy('p', { podSelector: { matchLabels: { a: 'b' } }, policyTypes: ['Ingress', 'Egress'] })],
      2,
    ],
    [
      'it is called so and allows all',
      [
        policy('default-deny', {
          podSelector: {},
          policyTypes: ['Ingress', 'Egress'],
          ingress: [{}],
          egress: [{}],
        }),
      ],
      2,
    ],
    ['there is none', [], 2],
  ])('fails a namespace whose default denial is none: %s', (_, policies, count) => {
    expect(violations('TL-NS-002', cluster(namespace, ...policies), 'v1/Namespace//a')).toHaveLength(count);
  });

  it('passes a denial of each direction by a policy of its own', () => {
    const one = policy('in', { podSelector: {}, policyTypes: ['Ingress'] });
    const two = policy('out', { podSelector: { matchLabels: {} }, policyTypes: ['Egress'] });
    expect(violations('TL-NS-002', cluster(namespace, one, two), 'v1/Namespace//a')).toEqual([]);
  });

  it('passes one namespace by its label, and fails a selector that asks for nothing', () => {
    const named = { matchLabels: { 'kubernetes.io/metadata.name': 'b' } };
    expect(egress([{ namespaceSelector: named }])).toEqual([]);
    expect(egress([{ namespaceSelector: named, podSelector: {} }])).toEqual([]);
    expect(egress([{ namespaceSelector: { matchLabels: {}, matchExpressions: [] } }])).toHaveLength(1);
    expect(egress([{ namespaceSelector: named }, { namespaceSelector: {} }])).toHaveLength(1);
  });

  it.each([
    ['that everything has', [{ key: 'kubernetes.io/metadata.name', operator: 'Exists' }]],
    [
      'that leaves out what is not there',
      [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['x'] }],
    ],
    ['that asks for a label to be missing', [{ key: 'team', operator: 'DoesNotExist' }]],
  ])('fails pods of every namespace by an expression %s', (_, matchExpressions) => {
    expect(egress([{ namespaceSelector: { matchExpressions } }])).toHaveLength(1);
    const ingress = policy('p', {
      podSelector: {},
      ingress: [{ from: [{ namespaceSelector: { matchExpressions } }] }],
    });
    expect(violations('TL-NP-001', cluster(ingress), address)).toHaveLength(1);
  });

  it('fails pods of every namespace whatever labels they give themselves', () => {
    const podSelector = { matchLabels: { app: 'prometheus' } };
    expect(egress([{ namespaceSelector: {}, podSelector }])).toHaveLength(1);
  });

  it('fails IPv6 as it does the internet of old', () => {
    expect(egress([block('::/0')])).not.toEqual([]);
    expect(egress([block('::/0', ['fc00::/7', 'fe80::/10', '::/8'])])).toEqual([]);
    expect(egress([block('2000::/4'), block('3000::/4'), block('fd00::/8')])).not.toEqual([]);
  });

  it('fails what several rules of one policy, or several policies for the same pods, open together', () => {
    const half = (cidr: string) => ({ to: [block(cidr)], ports: [{ port: 443 }] });
    const both = policy('p', { podSelector: {}, egress: [half('0.0.0.0/1'), half('128.0.0.0/1')] });
    expect(violations('TL-NP-002', cluster(both), address)).not.toEqual([]);
    const ingress = (cidr: string) => ({ from: [block(cidr)], ports: [{ port: 443 }] });
    const slices = ['11.0.0.0/9', '12.0.0.0/9', '13.0.0.0/9'];
    const spread = slices.map((cidr, i) =>
      policy(i === 0 ? 'p' : `q${i}`, { podSelector: {}, ingress: [ingress(cidr)] }),
    );
    expect(violations('TL-NP-001', cluster(spread[0]), address)).toEqual([]);
    expect(violations('TL-NP-001', cluster(...spread), address)).not.toEqual([]);
    const elsewhere = spread.map((one, i) =>
      i === 0 ? one : { ...one, metadata: { ...one.metadata, namespace: 'b' } },
    );
    expect(violations('TL-NP-001', cluster(...elsewhere), address)).toEqual([]);
    const choosing = (app: string) => ({ podSelector: { matchLabels: { app } } });
    const others = spread.map((one, i) => ({
      ...one,
      spec: { ...(one.spec as object), ...choosing(i === 0 ? 'web' : 'batch') },
    }));
    expect(violations('TL-NP-001', cluster(...others), address)).toEqual([]);
    const port = (one: (typeof spread)[number], number: number) => ({
      ...one,
      spec: { podSelector: {}, ingress: [{ from: [block('12.0.0.0/9')], ports: [{ port: number }] }] },
    });
    expect(violations('TL-NP-001', cluster(spread[0], spread[1], port(spread[2]!, 80)), address)).toEqual([]);
  });
});
