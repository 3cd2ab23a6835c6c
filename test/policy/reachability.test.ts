import { Addresses } from '../../src/sets/addresses';
import { terraform } from './fixture';
import { violations } from './violations';

describe('ranges', () => {
  it.each([
    [['0.0.0.0/0']],
    [['0.0.0.0/1', '128.0.0.0/1']],
    [['64.0.0.0/2', '0.0.0.0/2', '192.0.0.0/2', '128.0.0.0/2']],
    [['8.0.0.0/7']],
    [['::/0']],
    [['10.0.0.0/8', '2000::/3']],
    [['2000::/4', '3000::/4']],
    [['::/1', '8000::/1']],
  ])('%j is the world', (ranges) => {
    expect(Addresses.of(ranges).isTheWorld).toBe(true);
  });

  it.each([
    [['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '224.0.0.0/3']],
    [['130.211.0.0/22', '35.191.0.0/16']],
    [['203.0.113.7']],
    [['fd00::/8', 'fe80::/10', '2001:db8::/32']],
    [['0.0.0.0/99', '1.2.3.4/x', '::/-1']],
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
    const ipv6 = Addresses.of(['2000::/3']).minus(Addresses.of(['fc00::/7', '::/3']));
    expect(ipv6.isTheWorld).toBe(true);
    expect(ipv6.minus(Addresses.of(['2000::/4'])).meets(Addresses.of(['2fff::1']))).toBe(false);
    expect(ipv6.minus(Addresses.of(['2000::/4', '3000::/4'])).isEmpty).toBe(true);
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
    ['of the other version of addresses', { ...deny, priority: 1, source_ranges: ['::/0'] }],
    ['for machines with tags', { ...deny, priority: 1, source_ranges: [], source_tags: ['web'] }],
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
    ['that names the protocol by its number', { ...deny, priority: 1, deny: [{ protocol: '6' }] }],
    ['from anywhere, which is what no source means', { ...deny, priority: 1, source_ranges: [] }],
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

  it('fails IPv6 behind a denial of other ranges of it, and passes behind one of all', () => {
    const ipv6 = { ...allow, source_ranges: ['::/0'] };
    const denial = (...source_ranges: string[]) => ({ ...deny, priority: 1, source_ranges });
    expect(found({ open: ipv6, denial: denial('fc00::/7', '2000::/4') })).toHaveLength(2);
    expect(found({ open: ipv6, denial: denial('0.0.0.0/0') })).toHaveLength(2);
    expect(found({ open: ipv6, denial: denial('::/1', '8000::/1') })).toEqual([]);
  });

  it('takes an allowance of an earlier priority for open, whatever is denied after it', () => {
    const early = { ...allow, priority: 10 };
    expect(found({ open: early, denial: { ...deny, priority: 11 } })).toHaveLength(2);
    expect(found({ open: early, denial: { ...deny, priority: 10 } })).toEqual([]);
    expect(found({ open: { ...allow, priority: undefined }, denial: { ...deny, priority: 1000 } })).toEqual(
      [],
    );
  });

  it('fails an allowance for some machines behind a denial for some of them only', () => {
    const tagged = { ...allow, target_tags: ['web', 'batch'] };
    expect(found({ open: tagged, denial: { ...deny, priority: 1, target_tags: ['web'] } })).toHaveLength(2);
    expect(found({ open: tagged, denial: { ...deny, priority: 1, target_tags: ['batch', 'web'] } })).toEqual(
      [],
    );
  });

  it('takes a protocol by its number for the same as by its name', () => {
    const ssh = { ...allow, allow: [{ protocol: 6, ports: [22] }] };
    expect(found({ open: ssh })).toEqual([expect.stringContaining('tcp 22,')]);
  });
});

describe('what firewall rules let out', () => {
  const deny = {
    network: 'n',
    direction: 'EGRESS',
    deny: [{ protocol: 'all' }],
    destination_ranges: ['10.9.0.0/16'],
  };
  const allow = {
    network: 'n',
    direction: 'EGRESS',
    priority: 900,
    allow: [{ protocol: 'tcp', ports: ['5432'] }],
    destination_ranges: ['10.9.0.0/16'],
  };
  const found = (id: string, firewalls: Record<string, unknown>) =>
    violations(
      id,
      terraform({ google_compute_firewall: firewalls, google_compute_network: { n: { name: 'n' } } }),
      'google_compute_firewall.open',
    );

  it('fails an exception for every machine, and not one for some, for less, or of a denial of everything', () => {
    expect(found('TL-FW-006', { open: allow, deny })).toHaveLength(1);
    expect(found('TL-FW-006', { open: { ...allow, target_tags: ['runner'] }, deny })).toEqual([]);
    expect(found('TL-FW-006', { open: { ...allow, destination_ranges: ['10.9.1.0/24'] }, deny })).toEqual([]);
    expect(found('TL-FW-006', { open: allow, deny: { ...deny, destination_ranges: ['0.0.0.0/0'] } })).toEqual(
      [],
    );
    expect(found('TL-FW-006', { open: allow, deny: { ...deny, network: 'other' } })).toEqual([]);
  });

  it('fails an allowance that an earlier denial undoes, and not one that it undoes for others only', () => {
    const late = { ...allow, priority: 1000 };
    expect(found('TL-FW-008', { open: late, deny })).toHaveLength(1);
    expect(found('TL-FW-008', { open: late, deny: { ...deny, target_tags: ['web'] } })).toEqual([]);
    expect(found('TL-FW-008', { open: late, deny: { ...deny, deny: [{ protocol: 'udp' }] } })).toEqual([]);
    expect(
      found('TL-FW-008', { open: late, deny: { ...deny, destination_ranges: ['10.9.0.0/17'] } }),
    ).toEqual([]);
  });
});
