import { Addresses } from '../../../sets/addresses';
import { textOf } from '../../equal';
import type { Tree } from '../../types';
import type { Opening, Setting } from './settings';
import { blocks, texts, valueAt } from './thing';

const everywhere = Addresses.of(['0.0.0.0/0', '::/0']);
const endpoint = 'control plane by its address';

/** From where the address of the control plane can be reached. */
function controlPlane(values: Tree): Opening[] {
  if (!isTrue(valueAt(values, 'control_plane_endpoints_config.ip_endpoints_config.enabled'), true)) {
    return [];
  }
  const authorized = blocks(values.master_authorized_networks_config);
  const ranges = authorized.flatMap((one) => blocks(one.cidr_blocks)).flatMap((one) => texts(one.cidr_block));
  // Without the block, every address is let in; with an empty one, none but those of Google and the cluster.
  const networks = authorized.length === 0 ? everywhere : Addresses.of(ranges);
  const isPrivate = isTrue(valueAt(values, 'private_cluster_config.enable_private_endpoint'), false);
  const symbolic = ranges.filter((range) => range.includes('${'));
  const fromGoogle = isTrue(
    valueAt(values, 'master_authorized_networks_config.gcp_public_cidrs_access_enabled'),
    false,
  );
  return [
    {
      principal: isPrivate ? networks.intersect(Addresses.privateOnes) : networks,
      what: endpoint,
    },
    ...symbolic.map((range) => ({ principal: `addresses in ${range}`, what: endpoint })),
    ...(fromGoogle ? [{ principal: 'public addresses of Google Cloud', what: endpoint }] : []),
    ...(isTrue(valueAt(values, 'private_cluster_config.master_global_access_config.enabled'), false)
      ? [{ principal: 'other regions of the network', what: endpoint }]
      : []),
  ];
}

/** What a switch says; what nobody set says what Google does then. */
export function isTrue(value: unknown, fallback: boolean): boolean {
  return value === undefined || value === null || value === '' ? fallback : textOf(value) === 'true';
}

/** Something that is open to somebody while a switch stands as named. */
export function whenever(
  types: readonly string[],
  path: string,
  holds: (value: unknown) => boolean,
  principal: string,
  what: string,
  onlyChanged = false,
): Setting {
  return {
    types,
    paths: [path],
    onlyChanged,
    opens: (values) => (holds(valueAt(values, path)) ? [{ principal, what }] : []),
  };
}

const on = (value: unknown) => isTrue(value, false);
const cluster = ['google_container_cluster'];
const nodes = ['google_container_cluster', 'google_container_node_pool'];

/** Who gets at a cluster of GKE, and what its nodes are. */
export const clusterSettings: readonly Setting[] = [
  {
    types: cluster,
    paths: [
      'master_authorized_networks_config.cidr_blocks',
      'private_cluster_config.enable_private_endpoint',
      'control_plane_endpoints_config.ip_endpoints_config.enabled',
    ],
    opens: controlPlane,
  },
  whenever(
    cluster,
    'control_plane_endpoints_config.dns_endpoint_config.allow_external_traffic',
    on,
    'anybody on the internet with rights in IAM',
    'control plane by its name',
  ),
  whenever(
    cluster,
    'private_cluster_config.enable_private_nodes',
    (value) => !isTrue(value, false),
    'the internet',
    'nodes with public addresses',
  ),
  whenever(
    nodes,
    'network_config.enable_private_nodes',
    (value) => value !== undefined && !isTrue(value, true),
    'the internet',
    'nodes with public addresses',
  ),
  whenever(
    cluster,
    'enable_legacy_abac',
    on,
    'every service account of the cluster',
    'everything (legacy ABAC)',
  ),
  whenever(
    cluster,
    'master_auth.client_certificate_config.issue_client_certificate',
    on,
    'whoever has the client certificate',
    'the cluster',
  ),
  whenever(
    cluster,
    'rbac_binding_config.enable_insecure_binding_system_authenticated',
    (value) => isTrue(value, true),
    'system:authenticated',
    'may be bound to roles',
    true,
  ),
  whenever(
    cluster,
    'rbac_binding_config.enable_insecure_binding_system_unauthenticated',
    (value) => isTrue(value, true),
    'system:unauthenticated',
    'may be bound to roles',
    true,
  ),
  whenever(
    cluster,
    'authenticator_groups_config.security_group',
    (value) => textOf(value) !== '',
    'members of the group of authenticators',
    'are known to the cluster by their groups',
    true,
  ),
  {
    types: cluster,
    paths: ['workload_identity_config.workload_pool'],
    onlyChanged: true,
    opens: (values) =>
      texts(valueAt(values, 'workload_identity_config.workload_pool')).map((pool) => ({
        principal: `service accounts of the cluster (${pool})`,
        what: 'act as accounts of Google that name them',
      })),
  },
  whenever(
    cluster,
    'network_policy.enabled',
    (value) => value !== undefined && !isTrue(value, false),
    'every pod',
    'past the network policies',
    true,
  ),
  whenever(
    cluster,
    'binary_authorization.evaluation_mode',
    (value) => value === 'DISABLED',
    'whoever deploys',
    'images that nobody attested',
    true,
  ),
  whenever(
    nodes,
    'node_config.workload_metadata_config.mode',
    (value) => value === 'GCE_METADATA',
    'every pod on the nodes',
    'act as the account of the nodes',
    true,
  ),
  {
    types: [...nodes, 'google_compute_instance', 'google_compute_instance_template'],
    paths: ['node_config.service_account', 'node_config.oauth_scopes', 'service_account'],
    onlyChanged: true,
    opens: (values) => {
      const config = blocks(values.node_config)[0];
      const [account] = config === undefined ? blocks(values.service_account) : [];
      const name = config === undefined ? textOf(account?.email) : textOf(config.service_account);
      const scopes = texts(config === undefined ? account?.scopes : config.oauth_scopes).map(scopeOf);
      if (config === undefined && account === undefined) return [];
      const principal = 'programs on the machines';
      const all = ['cloud-platform', 'https://www.googleapis.com/auth/cloud-platform'];
      return [
        { principal, what: `act as ${name === '' || name === 'default' ? 'the default account' : name}` },
        ...(scopes.some((scope) => all.includes(scope)) ? [] : scopes).map((scope) => ({
          principal,
          what: `scope ${scope}`,
        })),
        ...(scopes.some((scope) => all.includes(scope)) ? [{ principal, what: 'every scope' }] : []),
      ];
    },
  },
];

function scopeOf(scope: string): string {
  return scope.replace('https://www.googleapis.com/auth/', '');
}
