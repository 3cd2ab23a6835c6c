import { textOf } from '../../equal';
import type { Tree } from '../../types';
import type { Opening, Setting } from './settings';
import { isTrue } from './settings-cluster';
import { blocks, keyOf, texts } from './thing';

const internet = 'the internet';

/** Which interfaces of a machine have an address on the internet. */
function ofMachine(values: Tree): Opening[] {
  return blocks(values.network_interface).flatMap((one, index) => [
    ...(blocks(one.access_config).length > 0
      ? [{ principal: internet, what: `public address of interface ${String(index)}` }]
      : []),
    ...(blocks(one.ipv6_access_config).length > 0
      ? [{ principal: internet, what: `public IPv6 address of interface ${String(index)}` }]
      : []),
  ]);
}

function ofForwardingRule(values: Tree): Opening[] {
  const scheme = textOf(values.load_balancing_scheme) || 'EXTERNAL';
  if (scheme === 'INTERNAL_SELF_MANAGED') return [];
  const isPublic = scheme.startsWith('EXTERNAL');
  const ports = [...texts(values.port_range), ...texts(values.ports)];
  const listed = isTrue(values.all_ports, false) || ports.length === 0 ? ['all ports'] : ports;
  const network = keyOf(values.network) || 'the network';
  const to = keyOf(values.target) || keyOf(values.backend_service);
  return [
    ...listed.map((port) => ({
      principal: isPublic ? internet : `machines in ${network}`,
      what: `${textOf(values.ip_protocol) || 'TCP'} ${port} of ${to}`,
    })),
    ...(isTrue(values.allow_global_access, false)
      ? [{ principal: 'other regions of the network', what: to }]
      : []),
  ];
}

/** Who gets where over networks, beside what firewalls say. */
export const networkSettings: readonly Setting[] = [
  {
    types: [
      'google_compute_instance',
      'google_compute_instance_template',
      'google_compute_instance_from_template',
    ],
    paths: ['network_interface'],
    opens: ofMachine,
  },
  {
    types: ['google_compute_instance'],
    paths: ['network_interface'],
    onlyChanged: true,
    opens: ({ network_interface: interfaces }) =>
      blocks(interfaces).flatMap(({ network, subnetwork }) =>
        [...texts(network), ...texts(subnetwork)].map((name) => ({
          principal: `machines in ${keyOf(name)}`,
          what: 'its address',
        })),
      ),
  },
  {
    types: ['google_compute_instance', 'google_compute_instance_template'],
    paths: ['tags'],
    onlyChanged: true,
    opens: ({ tags }) =>
      texts(tags).map((tag) => ({ principal: 'traffic', what: `what firewalls do for the tag ${tag}` })),
  },
  {
    types: ['google_compute_forwarding_rule', 'google_compute_global_forwarding_rule'],
    paths: [
      'load_balancing_scheme',
      'ports',
      'port_range',
      'all_ports',
      'allow_global_access',
      'target',
      'backend_service',
    ],
    opens: ofForwardingRule,
  },
  {
    types: ['google_compute_backend_service', 'google_compute_region_backend_service'],
    paths: ['iap'],
    onlyChanged: true,
    opens: ({ iap }) => {
      const [block] = blocks(iap);
      const isOn = block !== undefined && isTrue(block.enabled, true);
      return isOn
        ? []
        : [{ principal: 'whoever reaches the load balancer', what: 'without the Identity-Aware Proxy' }];
    },
  },
  {
    types: [
      'google_compute_backend_service',
      'google_compute_region_backend_service',
      'google_compute_backend_bucket',
    ],
    paths: ['security_policy', 'edge_security_policy'],
    onlyChanged: true,
    opens: (values) =>
      ['security_policy', 'edge_security_policy'].map((name) => ({
        principal: 'whoever reaches the load balancer',
        what:
          textOf(values[name]) === ''
            ? `past no ${name}`
            : `what ${name} ${keyOf(values[name])} lets through`,
      })),
  },
  {
    types: ['google_compute_network_peering'],
    paths: ['network', 'peer_network'],
    opens: ({ network, peer_network: peer }) => [
      { principal: `machines in ${keyOf(peer)}`, what: `the network ${keyOf(network)}` },
    ],
  },
  {
    types: ['google_service_networking_connection'],
    paths: ['network', 'service'],
    opens: ({ network, service }) => [
      { principal: `services of ${textOf(service)}`, what: `the network ${keyOf(network)}` },
    ],
  },
  {
    types: ['google_compute_shared_vpc_service_project'],
    paths: ['service_project'],
    opens: ({ service_project: project }) => [
      { principal: `project ${textOf(project)}`, what: 'uses the shared network' },
    ],
  },
  {
    types: ['google_compute_subnetwork'],
    paths: ['stack_type', 'ipv6_access_type'],
    opens: ({ ipv6_access_type: access }) =>
      textOf(access) === 'EXTERNAL' ? [{ principal: internet, what: 'IPv6 addresses of its machines' }] : [],
  },
  {
    types: ['google_dns_managed_zone'],
    paths: ['visibility', 'private_visibility_config'],
    onlyChanged: true,
    opens: ({ visibility, private_visibility_config: config }) =>
      textOf(visibility) === 'private'
        ? blocks(config)
            .flatMap((one) => [...blocks(one.networks), ...blocks(one.gke_clusters)])
            .map((one) => ({
              principal: `machines in ${keyOf(one.network_url) || keyOf(one.gke_cluster_name)}`,
              what: 'its names',
            }))
        : [{ principal: internet, what: 'its names' }],
  },
  {
    types: ['google_compute_service_attachment'],
    paths: ['connection_preference', 'consumer_accept_lists'],
    opens: ({ connection_preference: preference, consumer_accept_lists: lists }) => [
      ...(textOf(preference) === 'ACCEPT_AUTOMATIC'
        ? [{ principal: 'every project', what: 'connects' }]
        : []),
      ...blocks(lists).map((one) => ({
        principal: `project or network ${textOf(one.project_id_or_num) || textOf(one.network_url)}`,
        what: 'connects',
      })),
    ],
  },
  {
    types: [
      'google_compute_firewall_policy_association',
      'google_compute_network_firewall_policy_association',
    ],
    paths: ['firewall_policy', 'attachment_target'],
    opens: (values) => [
      { principal: 'traffic', what: `what the policy ${keyOf(values.firewall_policy)} lets through` },
    ],
  },
];
