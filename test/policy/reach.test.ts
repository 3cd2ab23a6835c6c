import { type Context, type End, type PodEnd, Reachability } from '../../src/policy';
import { cluster } from './fixture';

interface Spec {
  readonly podSelector?: object;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly object[];
  readonly egress?: readonly object[];
}

const policy = (spec: Spec, namespace = 'a') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace },
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ...spec },
});
const deny = (namespace = 'a') => policy({}, namespace);
const pod = (namespace: string, labels: Record<string, string> = {}, named?: [string, number][]): PodEnd => ({
  kind: 'pod',
  namespace,
  labels,
  ...(named === undefined ? {} : { namedPorts: new Map(named) }),
});
const address = (text: string): End => ({ kind: 'address', address: text });
const only = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

/** What the policies say, with namespaces that have labels of their own. */
function reach(...policies: object[]): Reachability {
  const context: Context = cluster(...policies);
  return new Reachability(
    context.objects('NetworkPolicy'),
    new Map([
      ['a', { team: 'data' }],
      ['b', { team: 'web' }],
    ]),
  );
}

const web = pod('a', { app: 'web' }, [['http', 8080]]);
const [b, stranger] = [pod('b', { app: 'gateway' }), pod('b', { app: 'other' })];

describe('who reaches whom', () => {
  it('everybody, where no policy chooses a pod', () => {
    expect(reach().allows(stranger, web, { port: 1 })).toBe(true);
    expect(
      reach(policy({ podSelector: { matchLabels: { app: 'db' } } })).allows(stranger, web, { port: 1 }),
    ).toBe(true);
    expect(reach(deny('c')).allows(stranger, web, { port: 1 })).toBe(true);
  });

  it('nobody, where a policy chooses a pod and allows nothing', () => {
    const closed = reach(deny());
    expect(closed.allows(stranger, web, { port: 8080 })).toBe(false);
    expect(closed.allows(web, address('8.8.8.8'), { port: 443 })).toBe(false);
    expect(closed.allows(address('35.191.0.7'), web, { port: 8080 })).toBe(false);
  });

  it('all that any policy allows: a denial takes nothing from what another one opens', () => {
    const from = [{ namespaceSelector: only('b'), podSelector: { matchLabels: { app: 'gateway' } } }];
    const both = reach(
      deny(),
      policy({ ingress: [{ from, ports: [{ port: 8080 }] }], policyTypes: ['Ingress'] }),
    );
    expect(both.allows(b, web, { port: 8080 })).toBe(true);
    expect(both.allows(stranger, web, { port: 8080 })).toBe(false);
    expect(both.allows(b, web, { port: 8081 })).toBe(false);
  });

  it('nobody who is not let out, though he would be let in', () => {
    const open = policy({ ingress: [{}], policyTypes: ['Ingress'] });
    expect(reach(open).allows(b, web, { port: 8080 })).toBe(true);
    expect(reach(open, deny('b')).allows(b, web, { port: 8080 })).toBe(false);
  });

  it('a direction that a policy is not about stays open', () => {
    const egressOnly = reach(policy({ policyTypes: ['Egress'] }));
    expect(egressOnly.letsIn(stranger, web, { port: 1 })).toBe(true);
    expect(egressOnly.letsOut(web, stranger, { port: 1 })).toBe(false);
  });

  it.each([
    ['a selector of pods alone means the policy’s own namespace', [{ podSelector: {} }], [false, false]],
    ['a selector of namespaces alone means all their pods', [{ namespaceSelector: only('b') }], [true, true]],
    [
      'both in one peer mean these pods of those namespaces',
      [{ namespaceSelector: only('b'), podSelector: { matchLabels: { app: 'gateway' } } }],
      [true, false],
    ],
    [
      'both in two peers mean either: a hyphen too many opens a namespace',
      [{ namespaceSelector: only('b') }, { podSelector: { matchLabels: { app: 'gateway' } } }],
      [true, true],
    ],
    [
      'labels of namespaces count, by expressions too',
      [{ namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['web'] }] } }],
      [false, false],
    ],
    [
      'no selector of namespaces at all, but an empty one, means every namespace',
      [{ namespaceSelector: {} }],
      [true, true],
    ],
    ['an empty list means everybody', [], [true, true]],
    ['a range means no pod', [{ ipBlock: { cidr: '0.0.0.0/0' } }], [false, false]],
  ])('%s', (_, from, expected) => {
    const open = reach(deny(), policy({ ingress: [{ from }] }));
    expect([b, stranger].map((end) => open.allows(end, web, { port: 8080 }))).toEqual(expected);
  });

  it('a range without what it leaves out, unless another rule gives that back', () => {
    const block = (cidr: string, except?: string[]) => ({ ipBlock: { cidr, ...(except && { except }) } });
    const internet = { to: [block('0.0.0.0/0', ['10.0.0.0/8', '169.254.0.0/16'])], ports: [{ port: 443 }] };
    const out = reach(policy({ egress: [internet] }));
    expect(out.allows(web, address('142.250.1.1'), { port: 443 })).toBe(true);
    expect(out.allows(web, address('169.254.169.254'), { port: 443 })).toBe(false);
    expect(out.allows(web, address('10.1.2.3'), { port: 443 })).toBe(false);
    const given = reach(policy({ egress: [internet] }), policy({ egress: [{ to: [block('10.1.0.0/16')] }] }));
    expect(given.allows(web, address('10.1.2.3'), { port: 443 })).toBe(true);
    expect(given.allows(web, address('10.2.2.3'), { port: 443 })).toBe(false);
  });

  it.each([
    ['a number', { port: 8080 }, 8080, true],
    ['another number', { port: 8081 }, 8080, false],
    ['a range of numbers', { port: 8000, endPort: 8100 }, 8080, true],
    ['a range that ends before', { port: 8000, endPort: 8079 }, 8080, false],
    ['the name of a port of the pod that listens', { port: 'http' }, 8080, true],
    ['a name that the pod gives another port', { port: 'http' }, 8081, false],
    ['a name that the pod does not know', { port: 'metrics' }, 8080, false],
    ['another protocol', { port: 8080, protocol: 'UDP' }, 8080, false],
    ['a protocol without a port', { protocol: 'TCP' }, 8080, true],
  ])('by %s', (_, open, port, expected) => {
    const opened = reach(deny(), policy({ ingress: [{ ports: [open] }] }));
    expect(opened.allows(stranger, web, { port })).toBe(expected);
  });

  it('a name of a port means none of an address, which has no names', () => {
    const opened = reach(policy({ egress: [{ ports: [{ port: 'http' }] }] }));
    expect(opened.allows(web, address('203.0.113.7'), { port: 8080 })).toBe(false);
    expect(opened.allows(web, pod('b', {}, [['http', 8080]]), { port: 8080 })).toBe(true);
  });
});
