import { fit, limits } from './names';
import type { Peering, StaticAddress } from './platform';
import { type Scope, sortedEntries } from './scope';

/** The static external addresses, by key. */
export function resolveAddresses({ config, prefix }: Scope): StaticAddress[] {
  return sortedEntries(config.network.addresses).map(([key, { name, scope }]) => ({
    key,
    name: name ?? fit(limits.computeResource, prefix, key),
    scope,
    origin: ['network', 'addresses', key],
  }));
}

/** The peerings with other networks, by key. */
export function resolvePeerings(scope: Scope, ownName: string): Peering[] {
  const { config, prefix, problems } = scope;
  const own = `projects/${config.google.project}/global/networks/${ownName}`;
  const owners = new Map([[own, 'this platform']]);
  return sortedEntries(config.network.peerings).map(([key, { network, ...routes }]) => {
    const origin = ['network', 'peerings', key];
    const owner = owners.get(network);
    if (owner !== undefined) {
      problems.add({
        path: [...origin, 'network'],
        message:
          owner === 'this platform'
            ? 'this is the network of the platform itself'
            : `the peering '${owner}' is with this network already`,
        found: network,
        allowed: 'another network, which no other peering names',
        fix: owner === 'this platform' ? 'name the network of the other side' : 'remove one of the two',
        dependsOn: [['google', 'project'], ['name']],
      });
    }
    owners.set(network, owner ?? key);
    return {
      key,
      name: fit(limits.computeResource, prefix, key),
      peerNetwork: network,
      ...routes,
      origin,
    };
  });
}
