import { type ConfigPath, formatPath } from '../config/problem';
import { type Cidr, contains, formatCidr, networkOf, overlaps, parseCidr, subrange } from './cidr';
import { resolveFirewall } from './firewall';
import { checkPrivate } from './ranges';
import { fit, limits } from './names';
import type { Network } from './platform';
import { resolveAddresses, resolvePeerings } from './network-edges';
import type { Problems } from './problems';
import { type Scope, sortedEntries } from './scope';

/** A range of the plan: where it is asked for, or where that which it is carved from is. */
interface Part {
  /** In a sentence: `the range of the NAME`. */
  readonly name: string;
  readonly asked: boolean;
  /** Whether it is carved where it is not asked for. */
  readonly carvable: boolean;
  readonly path: ConfigPath;
  readonly cidr: Cidr;
}

/**
 * Carves the ranges out of `network.cidr`: the second half for pods, and of the first half a sixteenth of the whole
 * each for nodes, services, Cloud SQL and proxies. The rest stays free for what comes later, so that nothing has to
 * move. Further clusters say their ranges: carved ones would move when a cluster comes or goes.
 */
export function resolveNetwork(scope: Scope): Network {
  const { config, prefix, problems } = scope;
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
  function part(name: 'nodes' | 'services' | 'databases' | 'pods', carved: Cidr): Part {
    const asked = network[name];
    const path: ConfigPath = ['network', name];
    const resolved = asked === undefined ? undefined : checkedRange(asked, path, problems);
    if (resolved !== undefined) checkPrivate(resolved, path, problems);
    return { name, asked: asked !== undefined, carvable: true, path, cidr: resolved ?? carved };
  }
  const proxies: Part = {
    name: 'proxies',
    asked: false,
    carvable: true,
    path: ['network', 'proxyOnly'],
    cidr: subrange(from, 4, 3),
  };
  const further = furtherParts(scope);
  checkOverlaps(
    [...Object.values(parts), ...(network.proxyOnly ? [proxies] : []), ...further].filter(
      (each) => carvable || each.asked,
    ),
    problems,
  );
  checkServices([parts.services, ...further.filter(({ path }) => path.at(-1) === 'services')], problems);
  if (parts.databases.cidr.prefix > 24) {
    problems.add({
      path: parts.databases.path,
      message: 'Cloud SQL needs a larger range',
      found: formatCidr(parts.databases.cidr),
      allowed: '/24 or larger',
      fix: 'widen it, or leave it out to have it carved from network.cidr',
    });
  }

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
    furtherRanges: further.map(({ path, cidr }) => ({
      name: furtherRangeName(String(path[2]), String(path[1])),
      cidr: formatCidr(cidr),
    })),
    databasesCidr: formatCidr(parts.databases.cidr),
    databasesRangeName: fit(limits.computeResource, prefix, 'databases'),
    proxyOnly: network.proxyOnly
      ? { name: fit(limits.computeResource, prefix, 'proxies'), cidr: formatCidr(proxies.cidr) }
      : null,
    flowLogs: network.flowLogs,
    routerName: fit(limits.computeResource, prefix, 'router'),
    natName: fit(limits.computeResource, prefix, 'nat'),
    natAddressNames: Array.from({ length: network.natAddresses }, (_, i) =>
      fit(limits.computeResource, prefix, 'nat', String(i + 1)),
    ),
    addresses: resolveAddresses(scope),
    peerings: resolvePeerings(scope, name),
    firewallRules: resolveFirewall(scope),
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

/** Name of a secondary range of a cluster beside the first: `pods-KEY`. */
export function furtherRangeName(kind: string, cluster: string): string {
  return fit(limits.computeResource, kind, cluster);
}

/** The ranges of pods and services of the clusters beside the first. */
function furtherParts({ config, problems }: Scope): Part[] {
  return sortedEntries(config.clusters).flatMap(([key, cluster]) =>
    (['pods', 'services'] as const).flatMap((kind): Part[] => {
      const path = ['clusters', key, kind];
      const cidr = checkedRange(cluster[kind], path, problems);
      if (cidr === undefined) return [];
      return [{ name: `${kind} of the cluster ${key}`, asked: true, carvable: false, path, cidr }];
    }),
  );
}

/** Bounds of the range of Kubernetes services, as GKE has them. */
const services = { largest: 16, smallest: 27 } as const;

function checkServices(parts: readonly Part[], problems: Problems): void {
  for (const { cidr, path, carvable } of parts) {
    if (cidr.prefix >= services.largest && cidr.prefix <= services.smallest) continue;
    problems.add({
      path,
      message: 'GKE takes no range of this size for services',
      found: formatCidr(cidr),
      allowed: `a prefix from /${services.largest} to /${services.smallest}`,
      fix: `for example ${formatCidr(networkOf({ ...cidr, prefix: 20 }))}${carvable ? ', or leave it out to have it carved from network.cidr' : ''}`,
    });
  }
}

function checkOverlaps(parts: readonly Part[], problems: Problems): void {
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
        fix: at.carvable
          ? `choose another range, or leave ${formatPath(at.path)} out to have it carved`
          : 'choose another range',
        dependsOn: [['network', 'cidr'], other.path],
      });
    }
  });
}
