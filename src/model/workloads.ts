import { listed, nearest } from '../config/nearest';
import type { ConfigPath } from '../config/problem';
import type { EnvConfig, ResourcesConfig } from '../config/schema/common';
import { nonPublicRanges } from './cidr';
import { checkedRange } from './network';
import { poolLabel } from './node-pools';
import type { Egress, EnvVar, Identity, NodePool, Placement, Resources, Secret } from './platform';
import { compare, type Scope, sortedEntries, sortedValues } from './scope';

/** The namespace a workload asks for, or the only one there is. */
export function resolveNamespace(scope: Scope, asked: string | undefined, origin: ConfigPath): string {
  const names = [...scope.namespaces.keys()];
  if (asked !== undefined) {
    scope.problems.reference([...origin, 'namespace'], asked, 'namespace', ['namespaces'], scope.namespaces);
    return asked;
  }
  if (names.length > 1) {
    scope.problems.add({
      path: origin,
      message: 'with several namespaces, it must say in which of them it runs',
      allowed: names.join(', '),
      fix: `add namespace: ${names[0] ?? ''}`,
      dependsOn: [['namespaces']],
    });
  }
  return names[0] ?? scope.config.name;
}

/** For pods that any pool will do; a cluster always has one that takes them. */
export const anywhere: Placement = { pool: null, nodeSelector: {}, tolerations: [] };

/** Node labels and tolerations that bring pods to a pool of a cluster; without a pool, to any that has no taint. */
export function resolvePlacement(
  scope: Scope,
  asked: string | undefined,
  path: ConfigPath,
  cluster: string,
): Placement {
  if (asked === undefined) return anywhere;
  const plan = scope.clusters.get(cluster);
  if (plan?.config.autopilot === true) {
    scope.problems.add({
      path,
      message: `the cluster '${cluster}' is Autopilot and has no node pools`,
      found: asked,
      allowed: 'no pool: Google finds a node for each pod',
      fix: 'remove the line',
      dependsOn: [[...plan.origin, 'autopilot'], ['namespaces']],
    });
    return anywhere;
  }
  const section = [...(plan?.origin ?? ['cluster']), 'nodePools'];
  const pools = plan?.pools ?? new Map<string, NodePool>();
  const pool = scope.problems.reference(path, asked, 'node pool', section, pools);
  return { pool: asked, nodeSelector: { [poolLabel]: asked }, tolerations: pool?.taints ?? [] };
}

/**
 * The environment, sorted by name; records that the identity reads the secrets that are named, and adds a problem for
 * each reference that leads nowhere.
 */
export function resolveEnv(
  scope: Scope,
  env: EnvConfig,
  origin: ConfigPath,
  namespace: string,
  identity: Identity,
): EnvVar[] {
  return sortedEntries(env).flatMap(([name, value]): EnvVar[] => {
    if (typeof value !== 'object') return [{ name, value: String(value) }];
    if ('value' in value) return [{ name, value: value.value }];
    const found = resolveSecretKey(scope, value.secret, [...origin, name, 'secret'], namespace, identity);
    return found === undefined ? [] : [{ name, ...found }];
  });
}

/**
 * The secret and the key that `SECRET/KEY` names; records that the identity reads it, and adds a problem where it leads
 * nowhere.
 */
export function resolveSecretKey(
  scope: Scope,
  reference: string,
  path: ConfigPath,
  namespace: string,
  identity: Identity,
): { secret: string; key: string } | undefined {
  const [secretKey = '', ...rest] = reference.split('/');
  const key = rest.join('/');
  const declared = scope.secrets.get(secretKey);
  if (declared === undefined) {
    const names = [...scope.secrets.keys()];
    addUnshown(scope, path, 'there is no secret of that name', secretKey, names, ['secrets']);
    return undefined;
  }
  const names = [...new Set(declared.values.map((each) => each.key))];
  if (!names.includes(key)) {
    const section = [...declared.origin, 'keys'];
    addUnshown(scope, path, `the secret '${secretKey}' has no key of that name`, key, names, section);
    return undefined;
  }
  if (!declared.namespaces.includes(namespace)) {
    scope.problems.add({
      path,
      message: `the secret '${secretKey}' is not in the namespace '${namespace}'`,
      found: `namespaces: [${declared.namespaces.join(', ')}]`,
      allowed: 'a secret of the namespace that the workload runs in',
      fix: `add ${namespace} to secrets.${secretKey}.namespaces`,
      dependsOn: [['namespaces'], [...declared.origin, 'namespaces']],
    });
  }
  if (!declared.readers.includes(identity.key)) declared.readers.push(identity.key);
  return { secret: secretKey, key };
}

/** A reference that leads nowhere may be the credential itself, pasted, so what stands there is never shown. */
function addUnshown(
  scope: Scope,
  path: ConfigPath,
  message: string,
  name: string,
  names: readonly string[],
  section: ConfigPath,
): void {
  const near = nearest(name, names);
  scope.problems.add({
    path,
    message,
    allowed: names.length > 0 ? listed(names) : `none is declared under ${section.join('.')}`,
    fix:
      near === undefined
        ? `declare it under ${section.join('.')}, or name one that is there`
        : `did you mean '${near}'?`,
    sensitive: true,
    dependsOn: [section],
  });
}

/** Lays the second environment over the first. */
export function mergeEnv(base: readonly EnvVar[], over: readonly EnvVar[]): EnvVar[] {
  return sortedValues(new Map([...base, ...over].map((variable) => [variable.name, variable])));
}

/** The secrets that an environment names, once each. */
export function secretsOf(scope: Scope, env: readonly EnvVar[]): Secret[] {
  const keys = new Set(env.flatMap((variable) => ('secret' in variable ? [variable.secret] : [])));
  return [...keys].sort(compare).flatMap((key) => scope.secrets.get(key) ?? []);
}

/** Requests and limits; what is not asked for is the default's. */
export function resolveResources(
  asked: ResourcesConfig | undefined,
  fallback: { readonly cpu: string; readonly memory: string; readonly ephemeralStorage: string },
): Resources {
  const cpu = asked?.cpu ?? fallback.cpu;
  const memory = asked?.memory ?? fallback.memory;
  const storage = asked?.ephemeralStorage ?? fallback.ephemeralStorage;
  return {
    requests: { cpu, memory, 'ephemeral-storage': storage },
    limits: {
      cpu: asked?.cpuLimit ?? doubled(cpu),
      memory: asked?.memoryLimit ?? memory,
      'ephemeral-storage': storage,
    },
  };
}

function doubled(cpu: string): string {
  return cpu.endsWith('m') ? `${Number(cpu.slice(0, -1)) * 2}m` : String(Number(cpu) * 2);
}

/** The internet on port 443, and what is asked for beside it. */
export function resolveEgress(
  scope: Scope,
  asked: readonly { readonly cidr: string; readonly ports: readonly number[] }[],
  origin: ConfigPath,
): Egress[] {
  asked.forEach(({ cidr }, i) => {
    checkedRange(cidr, [...origin, 'egress', i, 'cidr'], scope.problems);
  });
  return [
    { cidr: '0.0.0.0/0', except: nonPublicRanges, ports: [443] },
    ...asked.map(({ cidr, ports }) => ({ cidr, except: [], ports: [...ports].sort((a, b) => a - b) })),
  ];
}
