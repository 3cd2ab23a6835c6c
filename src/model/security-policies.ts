import type { ConfigPath } from '../config/problem';
import { fit, limits } from './names';
import { checkedRange } from './network';
import { compare, type Scope, sortedEntries } from './scope';
import type { SecurityPolicy } from './types/edge';

/** The policies of Cloud Armor. */
export function resolveSecurityPolicies(scope: Scope): SecurityPolicy[] {
  return sortedEntries(scope.config.securityPolicies).map(([key, policy]) => {
    const origin = ['securityPolicies', key];
    return {
      key,
      name: fit(limits.computeResource, scope.prefix, key),
      allow: ranges(scope, [...origin, 'allow'], policy.allow),
      deny: ranges(scope, [...origin, 'deny'], policy.deny),
      rateLimit:
        policy.rateLimit === undefined
          ? null
          : { ...policy.rateLimit, banSeconds: policy.rateLimit.banSeconds ?? null },
      waf:
        policy.waf === undefined
          ? null
          : { ...policy.waf, rules: [...new Set(policy.waf.rules)].sort(compare) },
      origin,
    };
  });
}

function ranges({ problems }: Scope, path: ConfigPath, texts: readonly string[]): string[] {
  texts.forEach((text, i) => checkedRange(text, [...path, i], problems));
  return [...new Set(texts)].sort(compare);
}
