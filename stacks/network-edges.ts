import { FirewallRule, NetworkPeering, StaticAddress, type VpcNetwork } from '../src/google';
import type { Foundation } from './foundation-parts';
import { setOrigin } from './origin';

const compute = 'compute.googleapis.com';

/** What lets traffic into the network and out of it: addresses, peerings and the rules of the firewall. */
export function addNetworkEdges(foundation: Foundation, { network, privateServices }: VpcNetwork): void {
  const { platform, services } = foundation;
  const { project, region, labels } = platform;
  const { addresses, peerings, firewallRules } = platform.network;
  const scopes = {
    addresses: foundation.group('addresses'),
    peerings: foundation.group('peerings'),
    firewall: foundation.group('firewall'),
  };
  for (const address of addresses) {
    setOrigin(
      new StaticAddress(scopes.addresses, address.key, {
        project,
        labels,
        name: address.name,
        ...(address.scope === 'regional' ? { region } : {}),
        dependsOn: services.of(compute),
      }),
      address,
    );
  }
  for (const peering of peerings) {
    setOrigin(
      new NetworkPeering(scopes.peerings, peering.key, {
        name: peering.name,
        network: network.id,
        peerNetwork: peering.peerNetwork,
        exportCustomRoutes: peering.exportCustomRoutes,
        importCustomRoutes: peering.importCustomRoutes,
        // Google changes one peering of a network at a time, and that of Cloud SQL is one.
        ...(privateServices === undefined ? {} : { dependsOn: [privateServices] }),
      }),
      peering,
    );
  }
  for (const { key, targetIdentities, peerNetwork, origin, ...rule } of firewallRules) {
    const emails = platform.identities.flatMap((one) =>
      targetIdentities.includes(one.key) ? one.email : [],
    );
    const accounts = foundation.accountsOf(targetIdentities);
    setOrigin(
      new FirewallRule(scopes.firewall, key, {
        ...rule,
        network: peerNetwork ?? network.id,
        targetServiceAccounts: emails,
        // What refers to our network comes after the API anyway.
        dependsOn: [...(peerNetwork === null ? [] : services.of(compute)), ...accounts],
      }),
      { origin },
    );
  }
}
