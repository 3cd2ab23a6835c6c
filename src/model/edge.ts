import { resolveCertificates } from './certificates';
import { resolveDns } from './dns';
import { type Scope, sortedEntries, sortedValues } from './scope';
import { resolveSecurityPolicies } from './security-policies';
import type { Edge } from './types/edge';
import type { StaticAddress } from './types/network';

/** What stands between the platform and those who come from outside. */
export function resolveEdge(scope: Scope, addresses: readonly StaticAddress[]): Edge {
  const zones = resolveDns(scope, addresses);
  return {
    zones: sortedValues(zones),
    certificates: resolveCertificates(scope, zones),
    securityPolicies: resolveSecurityPolicies(scope),
    webAccess: sortedEntries(scope.config.iap?.members ?? {}).map(([key, member]) => ({
      key,
      member,
      origin: ['iap', 'members', key],
    })),
  };
}
