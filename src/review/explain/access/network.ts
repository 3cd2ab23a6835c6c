import type { AccessRule } from './rule';

/** Ways between pods, machines and the outside. */
export const network: AccessRule = {
  applies: ({ principal, resource }) =>
    /firewall|NetworkPolicy|authorized_networks|master_authorized|Service\/|Ingress|Gateway|HTTPRoute|\d+\.\d+\.\d+\.\d+\/\d+/i.test(
      `${principal} ${resource}`,
    ),
  sentence:
    'Connections are possible that were not before. To avoid it, name the sources and the ports that are needed, and leave the rule that denies the rest.',
};
