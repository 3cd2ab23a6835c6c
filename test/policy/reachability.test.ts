import { rules, type Violation } from '../../src/policy';
import { Addresses } from '../../src/policy/ranges';
import { cluster, resourceAt, terraform } from './fixture';

function violations(
  id: string,
  context: ReturnType<typeof terraform>,
  address: string,
): readonly Violation[] {
  const rule = rules.find((one) => one.id === id)!;
  const verdict = rule.checks(resourceAt(context, address), context);
  return verdict.outcome === 'non-compliant' ? verdict.violations : [];
}

describe('ranges', () => {
  it.each([
    [['0.0.0.0/0']],
    [['0.0.0.0/1', '128.0.0.0/1']],
    [['64.0.0.0/2', '0.0.0.0/2', '192.0.0.0/2', '128.0.0.0/2']],
    [['8.0.0.0/7']],
    [['::/0']],
    [['10.0.0.0/8', '2000::/3']],
  ])('%j is the world', (ranges) => {
    expect(Addresses.of(ranges).isTheWorld).toBe(true);
  });

  it.each([
    [['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '224.0.0.0/3']],
    [['130.211.0.0/22', '35.191.0.0/16']],
    [['203.0.113.7']],
    [['fd00::/8'.replace('/8', '/32')]],
    [['not a range', '']],
    [[]],
  ])('%j is not the world', (ranges) => {
    expect(Addresses.of(ranges).isTheWorld).toBe(false);
  });

  it('are cut exactly where something is taken from them', () => {
    const rest = Addresses.of(['10.0.0.0/24']).minus(Addresses.of(['10.0.0.1/32', '10.0.0.128/25']));
    expect(rest.meets(Addresses.of(['10.0.0.1/32']))).toBe(false);
    expect(rest.meets(Addresses.of(['10.0.0.2/32']))).toBe(true);
    expect(rest.meets(Addresses.of(['10.0.0.200/32']))).toBe(false);
    expect(Addresses.of(['0.0.0.0/0']).minus(Addresses.of(['0.0.0.0/1', '128.0.0.0/1'])).isEmpty).toBe(true);
  });
});

describe('what the internet reaches through firewall rules', () => {
  const allow = {
    network: 'n',
    allow: [{ protocol: 'tcp', ports: ['22', '443'] }],
    source_ranges: ['0.0.0.0/0'],
  };
  const deny = { network: 'n', deny: [{ protocol: 'all' }], source_ranges: ['0.0.0.0/0'] };
  const found = (firewalls: Record<string, unknown>, name = 'open') =>
    violations(
      'TL-FW-001',
      terraform({ google_compute_firewall: firewalls, google_compute_network: { n: { name: 'n' } } }),
      `google_compute_firewall.${name}`,
    ).map((violation) => violation.found);

  it('fails everything from everywhere, port by port', () => {
    expect(found({ open: allow })).toEqual([
      expect.stringContaining('tcp 22,'),
      expect.stringContaining('tcp 443,'),
    ]);
  });

  it('fails two rules that are half of the internet each, where each alone is not told apart from a range', () => {
    const half = (range: string) => ({ ...allow, source_ranges: [range] });
    expect(found({ open: half('0.0.0.0/1'), other: half('128.0.0.0/1') })).toHaveLength(2);
  });

  it('fails slices of the internet that are small each, and large together', () => {
    const slices = Object.fromEntries(
      ['11.0.0.0/9', '12.0.0.0/9', '13.0.0.0/9'].map((range, i) => [
        `s${i}`,
        { ...allow, source_ranges: [range] },
      ]),
    );
    expect(found({ s0: slices.s0 }, 's0')).toEqual([]);
    expect(found(slices, 's0')).toHaveLength(2);
  });

  it('fails sources that stand in a local value', () => {
    const context = terraform(
      { google_compute_firewall: { open: { ...allow, source_ranges: '${local.partners}' } } },
      { locals: { partners: ['0.0.0.0/0'] } },
    );
    expect(violations('TL-FW-001', context, 'google_compute_firewall.open')).toHaveLength(2);
  });

  it('fails a rule without any source, which Google takes for all', () => {
    expect(found({ open: { ...allow, source_ranges: [] } })).toHaveLength(2);
  });

  it.each([
    ['of a later priority', { ...deny, priority: 2000 }],
    ['that is off', { ...deny, priority: 1, disabled: true }],
    ['of another network', { ...deny, priority: 1, network: 'projects/p/global/networks/other' }],
    ['of what goes out', { ...deny, priority: 1, direction: 'EGRESS' }],
    ['for other machines', { ...deny, priority: 1, target_tags: ['web'] }],
    ['from other sources', { ...deny, priority: 1, source_ranges: ['10.0.0.0/8'] }],
    ['of another protocol', { ...deny, priority: 1, deny: [{ protocol: 'udp' }] }],
    ['of half of the internet', { ...deny, priority: 1, source_ranges: ['0.0.0.0/1'] }],
  ])('fails in spite of a denial %s', (_, decoy) => {
    expect(found({ open: allow, decoy })).toHaveLength(2);
  });

  it('fails only on the ports that a denial leaves open', () => {
    const ssh = { ...deny, priority: 1, deny: [{ protocol: 'tcp', ports: ['20-30'] }] };
    expect(found({ open: allow, ssh })).toEqual([expect.stringContaining('tcp 443,')]);
    const range = { ...allow, allow: [{ protocol: 'tcp', ports: ['1-1000'] }] };
    expect(found({ open: range, ssh })).toEqual([
      expect.stringContaining('tcp 1-19,'),
      expect.stringContaining('tcp 31-1000,'),
    ]);
  });

  it.each([
    ['of an earlier priority', { ...deny, priority: 1 }],
    ['of the same priority, which wins', { ...deny, priority: 1000 }],
    ['that names the network by its link', { ...deny, priority: 1, network: 'projects/p/global/networks/n' }],
    ['of both halves of the internet', { ...deny, priority: 1, source_ranges: ['0.0.0.0/1', '128.0.0.0/1'] }],
  ])('passes behind a denial %s', (_, denial) => {
    expect(found({ open: allow, denial })).toEqual([]);
  });

  it.each([
    ['the ranges of load balancers', { source_ranges: ['130.211.0.0/22', '35.191.0.0/16'] }],
    ['private ranges', { source_ranges: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] }],
    ['machines with a tag', { source_ranges: undefined, source_tags: ['web'] }],
  ])('passes %s', (_, sources) => {
    expect(found({ open: { ...allow, ...sources } })).toEqual([]);
  });
});

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
});
