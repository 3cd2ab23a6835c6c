import {
  FirewallRule,
  type FirewallRuleProps,
  NetworkPeering,
  StaticAddress,
  type StaticAddressProps,
} from '../../src/google';
import { project, resourceOf, synthesize } from './support';

const network = 'projects/analysis-1/global/networks/acme';

describe('StaticAddress', () => {
  const resources = (more: Partial<StaticAddressProps>) =>
    synthesize((stack) => new StaticAddress(stack, 'web', { project, name: 'acme-web', ...more })).resource;

  it('is an address of the region that it names', () => {
    expect(
      resources({ region: 'us-west1', labels: { team: 'data' } }).google_compute_address?.web,
    ).toMatchObject({
      name: 'acme-web',
      region: 'us-west1',
      address_type: 'EXTERNAL',
      labels: { team: 'data' },
    });
  });

  it('is a global address without a region', () => {
    expect(resources({}).google_compute_global_address?.web).toMatchObject({ address_type: 'EXTERNAL' });
    expect(resources({})).not.toHaveProperty('google_compute_address');
  });
});

describe('NetworkPeering', () => {
  const peering = (more = {}) =>
    resourceOf(
      'google_compute_network_peering',
      'hub',
      (stack) =>
        new NetworkPeering(stack, 'hub', {
          name: 'acme-hub',
          network,
          peerNetwork: 'projects/shared-1/global/networks/hub',
          ...more,
        }),
    );

  it('exchanges no custom routes unless told to', () => {
    expect(peering()).toMatchObject({ network, export_custom_routes: false, import_custom_routes: false });
  });

  it('exchanges those that it is told to', () => {
    expect(peering({ exportCustomRoutes: true })).toMatchObject({
      export_custom_routes: true,
      import_custom_routes: false,
    });
  });
});

describe('FirewallRule', () => {
  const props: FirewallRuleProps = {
    project,
    network,
    name: 'acme-db',
    direction: 'INGRESS',
    action: 'allow',
    ranges: ['10.1.0.0/16'],
    protocols: [
      { protocol: 'tcp', ports: ['5432'] },
      { protocol: 'icmp', ports: [] },
    ],
    targetServiceAccounts: ['nodes@analysis-1.iam.gserviceaccount.com'],
  };
  const rule = (more: Partial<FirewallRuleProps> = {}) =>
    resourceOf(
      'google_compute_firewall',
      'db',
      (stack) => new FirewallRule(stack, 'db', { ...props, ...more }),
    );

  it('says who may reach whom, on which ports', () => {
    expect(rule()).toMatchObject({
      direction: 'INGRESS',
      priority: 1000,
      source_ranges: ['10.1.0.0/16'],
      allow: [{ protocol: 'tcp', ports: ['5432'] }, { protocol: 'icmp' }],
      target_service_accounts: ['nodes@analysis-1.iam.gserviceaccount.com'],
    });
    expect(rule()).not.toHaveProperty('destination_ranges');
    expect(rule()).not.toHaveProperty('deny');
  });

  it('logs', () => {
    expect(rule()).toHaveProperty('log_config.metadata');
  });

  it('denies outgoing connections by their destination', () => {
    const denied = rule({ direction: 'EGRESS', action: 'deny' });
    expect(denied).toMatchObject({
      destination_ranges: ['10.1.0.0/16'],
      deny: [{ protocol: 'tcp' }, { protocol: 'icmp' }],
    });
    expect(denied).not.toHaveProperty('source_ranges');
  });

  it.each([
    ['none', { targetServiceAccounts: [] }],
    ['both kinds', { targetTags: ['web'] }],
  ])('fails with %s of targets, which would be every machine or nothing that Google takes', (_, more) => {
    expect(() => rule(more)).toThrow(/target service accounts and \d target tags, expected one of the two/);
  });
});
