import type { TerraformStack } from 'cdktf';
import { VpcNetwork, type VpcNetworkProps } from '../../src/google';
import { project, synthesize } from './support';

const props: VpcNetworkProps = {
  project,
  region: 'us-west1',
  name: 'acme',
  subnet: { name: 'acme-us-west1', cidr: '10.40.0.0/20' },
  pods: { name: 'pods', cidr: '10.40.128.0/17' },
  services: { name: 'services', cidr: '10.40.16.0/20' },
  routerName: 'acme-router',
  natName: 'acme-nat',
};
const network = (more: Partial<VpcNetworkProps> = {}) =>
  synthesize((stack: TerraformStack) => new VpcNetwork(stack, 'platform', { ...props, ...more })).resource;

describe('VpcNetwork', () => {
  it('makes no subnet but its own', () => {
    expect(network().google_compute_network?.platform).toMatchObject({
      name: 'acme',
      auto_create_subnetworks: false,
    });
  });

  it('names the ranges of pods and services, and reaches Google without public addresses', () => {
    expect(network().google_compute_subnetwork?.platform).toMatchObject({
      ip_cidr_range: '10.40.0.0/20',
      private_ip_google_access: true,
      secondary_ip_range: [
        { range_name: 'pods', ip_cidr_range: '10.40.128.0/17' },
        { range_name: 'services', ip_cidr_range: '10.40.16.0/20' },
      ],
    });
  });

  it('logs flows unless told not to', () => {
    expect(network().google_compute_subnetwork?.platform).toHaveProperty('log_config.flow_sampling', 0.5);
    expect(network({ flowLogs: false }).google_compute_subnetwork?.platform).not.toHaveProperty('log_config');
  });

  it('denies and logs what no other rule allows, below the rules that GKE makes', () => {
    const rule = network().google_compute_firewall?.['platform_deny-all-ingress'];
    expect(rule).toMatchObject({
      direction: 'INGRESS',
      source_ranges: ['0.0.0.0/0'],
      deny: [{ protocol: 'all' }],
    });
    expect(rule).toHaveProperty('log_config.metadata');
    expect(Number(rule?.priority)).toBeGreaterThan(1000);
    expect(Number(rule?.priority)).toBeLessThan(65535);
  });

  it('lets Google choose the addresses of the NAT, and logs its errors', () => {
    expect(network().google_compute_router_nat?.platform).toMatchObject({
      nat_ip_allocate_option: 'AUTO_ONLY',
      log_config: { enable: true, filter: 'ERRORS_ONLY' },
    });
    expect(network()).not.toHaveProperty('google_compute_address');
  });

  it('sends from static addresses where they are named', () => {
    const resource = network({ natAddressNames: ['acme-nat-1', 'acme-nat-2'], labels: { team: 'data' } });
    expect(resource.google_compute_address).toMatchObject({
      'platform_nat-1': { name: 'acme-nat-1', address_type: 'EXTERNAL', labels: { team: 'data' } },
      'platform_nat-2': { name: 'acme-nat-2' },
    });
    expect(resource.google_compute_router_nat?.platform).toMatchObject({
      nat_ip_allocate_option: 'MANUAL_ONLY',
      nat_ips: ['${google_compute_address.platform_nat-1.id}', '${google_compute_address.platform_nat-2.id}'],
    });
  });

  it('gives out the ports of the NAT on demand, which excludes endpoint-independent mapping', () => {
    expect(network().google_compute_router_nat?.platform).toMatchObject({
      enable_dynamic_port_allocation: true,
      enable_endpoint_independent_mapping: false,
    });
  });

  it('reserves a range for private services, and leaves the peering behind when it goes', () => {
    const resource = network({ privateServices: { name: 'acme-databases', cidr: '10.40.32.0/20' } });
    expect(resource.google_compute_global_address?.['platform_private-services']).toMatchObject({
      purpose: 'VPC_PEERING',
      address_type: 'INTERNAL',
      address: '10.40.32.0',
      prefix_length: 20,
    });
    expect(resource.google_service_networking_connection?.platform).toMatchObject({
      reserved_peering_ranges: ['${google_compute_global_address.platform_private-services.name}'],
      deletion_policy: 'ABANDON',
      update_on_creation_fail: true,
    });
  });

  it('holds the ranges of further clusters, and a subnet for proxies without what Google refuses there', () => {
    const resource = network({
      furtherRanges: [{ name: 'pods-runner', cidr: '10.80.0.0/17' }],
      proxyOnly: { name: 'acme-proxies', cidr: '10.40.48.0/20' },
    });
    expect(resource.google_compute_subnetwork?.platform?.secondary_ip_range).toContainEqual({
      range_name: 'pods-runner',
      ip_cidr_range: '10.80.0.0/17',
    });
    const proxies = resource.google_compute_subnetwork?.['platform_proxy-only'];
    expect(proxies).toMatchObject({
      purpose: 'REGIONAL_MANAGED_PROXY',
      role: 'ACTIVE',
      ip_cidr_range: '10.40.48.0/20',
    });
    expect(proxies).not.toHaveProperty('log_config');
    expect(proxies).not.toHaveProperty('private_ip_google_access');
  });

  it('peers with nobody without private services', () => {
    expect(network()).not.toHaveProperty('google_service_networking_connection');
  });

  it('fails for a range of private services without a prefix', () => {
    expect(() => network({ privateServices: { name: 'x', cidr: '10.40.32.0' } })).toThrow(
      "privateServices.cidr: got '10.40.32.0', expected a range such as 10.40.32.0/20; add the prefix",
    );
  });
});
