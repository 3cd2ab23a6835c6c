import type { ConfigPath } from '../config/problem';
import { amountOf } from '../config/quantity';
import type { Config } from '../config/schema';
import { interpreted } from '../config/schema/common';
import { namespace as namespaceSchema, type NamespaceConfig } from '../config/schema/namespaces';
import { declaredClusters } from './cluster';
import type { Namespace, Resources } from './platform';
import type { Problems } from './problems';
import { sortedEntries } from './scope';

/** The namespaces by name; one that is called like the platform where none is declared. */
export function resolveNamespaces(config: Config, problems: Problems): Map<string, Namespace> {
  const declared: [string, NamespaceConfig, ConfigPath][] = sortedEntries(config.namespaces).map(
    ([name, namespace]) => [name, namespace, ['namespaces', name]],
  );
  if (declared.length === 0) {
    declared.push([config.name, namespaceSchema.parse({}, interpreted), ['name']]);
  }
  const clusters = declaredClusters(config);
  return new Map(
    declared.map(([name, { cluster, labels, quota, containerDefaults }, origin]) => {
      problems.reference([...origin, 'cluster'], cluster, 'cluster', ['clusters'], clusters);
      if (/^(kube|gke|gmp)-/.test(name)) {
        problems.add({
          path: origin,
          at: origin[0] === 'name' ? 'value' : 'key',
          message: `the namespace '${name}' belongs to Kubernetes or Google`,
          found: name,
          allowed: 'a name that does not begin with kube-, gke- or gmp-',
          fix:
            origin[0] === 'name'
              ? 'choose another name, or declare a namespace under namespaces: the default one is called like the platform'
              : 'choose another name',
        });
      }
      return [
        name,
        {
          name,
          cluster,
          labels,
          quota: quotaOf(quota),
          containerDefaults: defaultsOf(containerDefaults),
          origin,
        },
      ];
    }),
  );
}

/** As a ResourceQuota calls them. */
function quotaOf({ cpu, memory, ephemeralStorage, pods }: NamespaceConfig['quota']): Namespace['quota'] {
  const named = {
    pods: pods === undefined ? undefined : String(pods),
    'requests.cpu': cpu,
    'requests.ephemeral-storage': ephemeralStorage,
    'requests.memory': memory,
  };
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Limits as they are said; of the CPU, which can be shared, a tenth is requested, and a half of what cannot. */
function defaultsOf({ cpu, memory, ephemeralStorage }: NamespaceConfig['containerDefaults']): Resources {
  return {
    requests: {
      cpu: `${Math.max(1, Math.round(amountOf(cpu) * 100))}m`,
      memory: half(memory),
      'ephemeral-storage': half(ephemeralStorage),
    },
    limits: { cpu, memory, 'ephemeral-storage': ephemeralStorage },
  };
}

function half(bytes: string): string {
  return `${Math.max(1, Math.floor(amountOf(bytes) / 2 ** 21))}Mi`;
}
