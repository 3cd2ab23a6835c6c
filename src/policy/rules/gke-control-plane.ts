import { Addresses } from '../../sets/addresses';
import { shown, textOf, treesOf, valueAt } from '../tree';
import { notApplicable, type Rule, type Violation, verdictOf } from '../types';

/** Whether the control plane can be reached by its address, which is so unless it is said that it cannot. */
function findings(body: Parameters<typeof valueAt>[0]): Violation[] {
  const ipEndpoints = valueAt(body, 'control_plane_endpoints_config.ip_endpoints_config.enabled');
  const dns = valueAt(body, 'control_plane_endpoints_config.dns_endpoint_config.allow_external_traffic');
  const authorized = treesOf(valueAt(body, 'master_authorized_networks_config.cidr_blocks'));
  const ranges = authorized.map((block) => textOf(block.cidr_block));
  const byAddress = String(ipEndpoints) !== 'false';
  const found: Violation[] = [];
  const blocks = 'master_authorized_networks_config.cidr_blocks';
  if (Addresses.of(ranges).isTheWorld) {
    found.push({ path: blocks, found: ranges.join(', '), wanted: 'ranges of your own, not the internet' });
  }
  if (byAddress && ranges.length === 0) {
    found.push({
      path: 'control_plane_endpoints_config.ip_endpoints_config.enabled',
      found: shown(ipEndpoints),
      wanted: 'false, or authorized ranges',
    });
  }
  if (!byAddress && String(dns) !== 'true') {
    found.push({
      path: 'control_plane_endpoints_config.dns_endpoint_config.allow_external_traffic',
      found: shown(dns),
      wanted: 'true, as long as there is no other endpoint',
    });
  }
  const google = valueAt(body, 'master_authorized_networks_config.gcp_public_cidrs_access_enabled');
  if (String(google) !== 'false') {
    found.push({
      path: 'master_authorized_networks_config.gcp_public_cidrs_access_enabled',
      found: shown(google),
      wanted: 'false: the addresses of Google Cloud are those of its customers',
    });
  }
  const onlyPrivate = Addresses.of(ranges).minus(Addresses.privateOnes).isEmpty;
  const endpoint = valueAt(body, 'private_cluster_config.enable_private_endpoint');
  if (onlyPrivate && String(endpoint) !== 'true') {
    found.push({
      path: 'private_cluster_config.enable_private_endpoint',
      found: shown(endpoint),
      wanted: 'true, as long as no public range is authorized',
    });
  }
  return found;
}

export const gkeControlPlane: Rule = {
  id: 'TL-GKE-002',
  title: 'The control plane can be reached from where it should not',
  severity: 'error',
  why: 'Whoever reaches the control plane can try stolen credentials and its newest holes',
  fix: 'switch the endpoints by address off and use the DNS endpoint, or authorize ranges of your own',
  see: 'https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation',
  types: ['google_container_cluster'],
  checks: (resource) =>
    resource.kind === 'terraform' && resource.type === 'google_container_cluster'
      ? verdictOf(findings(resource.body))
      : notApplicable,
};
