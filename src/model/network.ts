import type { Config } from '../config/schema';
import type { ConfigPath } from '../config/problem';
import { type Cidr, contains, formatCidr, networkOf, overlaps, parseCidr, subrange } from './cidr';
import { checkCapacity, checkPrivate, checkSize } from './ranges';
import { fit, limits } from './names';
import type { Network } from './platform';
import type { Problems } from './problems';

/**
 * Carves the ranges out of `network.cidr`: the second half for pods, and of the first half a sixteenth of the whole
 * each for nodes, services and Cloud SQL. The rest stays free for what comes later, so that nothing has to move.
 */
export function resolveNetwork(config: Config, prefix: string, problems: Problems): Network {
  const { network, google } = config;
  const origin: ConfigPath = ['network'];
  const whole = checkedRange(network.cidr, ['network', 'cidr'], problems);
  if (whole !== undefined) checkPrivate(whole, ['network', 'cidr'], problems);
  const carvable = whole !== undefined && whole.prefix >= 12 && whole.prefix <= 20;
  if (whole !== undefined && !carvable) {
    problems.add({
      path: ['network', 'cidr'],
      message: 'the range is too large or too small to be carved',
      found: network.cidr,
      allowed: 'a prefix from /12 to /20',
      fix: `for example ${network.cidr.split('/')[0] ?? '10.40.0.0'}/16`,
    });
  }
  // Of a range that is refused nothing is carved; this one only lets the typed ranges be judged.
  const from = carvable ? whole : { base: 0, prefix: 16 };
  const parts = {
    nodes: part('nodes', subrange(from, 4, 0)),
    services: part('services', subrange(from, 4, 1)),
    databases: part('databases', subrange(from, 4, 2)),
    pods: part('pods', subrange(from, 1, 1)),
  };
  function part(name: 'nodes' | 'services' | 'databases' | 'pods', carved: Cidr) {
    const asked = network[name];
    const path: ConfigPath = ['network', name];
    const resolved = asked === undefined ? undefined : checkedRange(asked, path, problems);
    if (resolved !== undefined) {
      checkPrivate(resolved, path, problems);
      checkSize(name, resolved, path, problems);
    }
    return { name, asked: asked !== undefined, path, cidr: resolved ?? carved };
  }
  checkOverlaps(
    Object.values(parts).filter((each) => carvable || each.asked),
    problems,
  );
  if (carvable || parts.pods.asked) checkCapacity(config, parts.pods, problems);

  const name = fit(limits.computeResource, prefix);
  const subnetName = fit(limits.computeResource, prefix, google.region);
  return {
    name,
    selfLink: `projects/${google.project}/global/networks/${name}`,
    subnetName,
    subnetSelfLink: `projects/${google.project}/regions/${google.region}/subnetworks/${subnetName}`,
    nodesCidr: formatCidr(parts.nodes.cidr),
    podsCidr: formatCidr(parts.pods.cidr),
    podsRangeName: 'pods',
    servicesCidr: formatCidr(parts.services.cidr),
    servicesRangeName: 'services',
    databasesCidr: formatCidr(parts.databases.cidr),
    databasesRangeName: fit(limits.computeResource, prefix, 'databases'),
    flowLogs: network.flowLogs,
    routerName: fit(limits.computeResource, prefix, 'router'),
    natName: fit(limits.computeResource, prefix, 'nat'),
    natAddressNames: Array.from({ length: network.natAddresses }, (_, i) =>
      fit(limits.computeResource, prefix, 'nat', String(i + 1)),
    ),
    origin,
  };
}

/** The range at a place; adds a problem where it is none, or is not written as its first address. */
export function checkedRange(text: string, path: ConfigPath, problems: Problems): Cidr | undefined {
  const cidr = parseCidr(text);
  if (cidr === undefined) {
    problems.add({
      path,
      message: 'this is no IPv4 range',
      found: text,
      allowed: 'four numbers from 0 to 255 and a prefix from /0 to /32',
      fix: 'for example 10.40.0.0/16',
    });
    return undefined;
  }
  const network = networkOf(cidr);
  if (network.base !== cidr.base) {
    problems.add({
      path,
      message: 'this is not the first address of its range',
      found: text,
      allowed: `an address with nothing beyond its first ${cidr.prefix} bits`,
      fix: `did you mean ${formatCidr(network)}?`,
    });
  }
  return network;
}

function checkOverlaps(
  parts: readonly { name: string; asked: boolean; path: ConfigPath; cidr: Cidr }[],
  problems: Problems,
): void {
  parts.forEach((a, i) => {
    for (const b of parts.slice(i + 1)) {
      if (!overlaps(a.cidr, b.cidr)) continue;
      // The frame goes to the one that was typed; of two typed ones, to the later.
      const [at, other] = b.asked ? [b, a] : [a, b];
      problems.add({
        path: at.asked ? at.path : ['network', 'cidr'],
        message: `the range of the ${at.name} ${contains(at.cidr, other.cidr) ? 'covers' : 'overlaps'} that of the ${other.name}`,
        found: `${at.name} ${formatCidr(at.cidr)}, ${other.name} ${formatCidr(other.cidr)}`,
        allowed: 'ranges that share no address',
        fix: `choose another range, or leave ${at.path.join('.')} out to have it carved`,
        dependsOn: [['network', 'cidr'], other.path],
      });
    }
  });
}
