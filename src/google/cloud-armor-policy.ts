import {
  ComputeSecurityPolicy,
  type ComputeSecurityPolicyRule,
} from '@cdktf/provider-google/lib/compute-security-policy';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

export interface CloudArmorPolicyProps extends ProjectEntityProps {
  /** Name of the policy. Changing this recreates it. */
  readonly name: string;
  /**
   * Ranges that may come; everybody else is refused.
   * @default - everybody may come who is not denied
   */
  readonly allow?: readonly string[];
  /**
   * Ranges that are refused before anything else is judged.
   * @default - none
   */
  readonly deny?: readonly string[];
  /**
   * How often one address may come.
   * @default - no limit
   */
  readonly rateLimit?: CloudArmorRateLimit;
  /**
   * Rule sets of the web application firewall, for example `sqli`.
   * @default - only the one against known vulnerabilities, which is always on
   */
  readonly waf?: {
    readonly rules: readonly string[];
    /** 1 hardly ever refuses what is right, 4 often. */
    readonly sensitivity: number;
    /**
     * Whether a match is only logged.
     * @default false
     */
    readonly preview?: boolean;
  };
}

export interface CloudArmorRateLimit {
  readonly requests: number;
  readonly intervalSeconds: number;
  /**
   * For how long an address is refused that made more.
   * @default - only until it makes fewer
   */
  readonly banSeconds?: number;
}

/** More ranges than this cannot be in one rule. */
const rangesPerRule = 10;

/** The rule that every policy must have. */
const defaultPriority = 2147483647;

/** Gaps between the kinds of rules, so that one more never moves the others. */
const priorities = { deny: 1000, vulnerabilities: 1900, waf: 2000, allow: 3000 } as const;

/**
 * A policy of Cloud Armor: who may come, how often, and which requests look like an attack.
 *
 * The first rule that matches decides. So denied ranges come first, then what looks like an attack, and only then who
 * may come; the last rule is for everybody else.
 *
 * @see https://cloud.google.com/armor/docs/security-policy-overview
 */
export class CloudArmorPolicy extends Construct {
  readonly policy: ComputeSecurityPolicy;

  constructor(scope: Construct, id: string, props: CloudArmorPolicyProps) {
    super(scope, id);
    this.policy = setAddress(
      new ComputeSecurityPolicy(this, 'policy', {
        project: props.project,
        name: props.name,
        type: 'CLOUD_ARMOR',
        // Else the firewall takes a body of JSON for one long text.
        advancedOptionsConfig: { jsonParsing: 'STANDARD' },
        rule: rulesOf(props),
        ...dependencies(props),
      }),
      id,
    );
  }
}

function rulesOf({
  allow = [],
  deny = [],
  rateLimit,
  waf,
}: CloudArmorPolicyProps): ComputeSecurityPolicyRule[] {
  const everybody = allow.length === 0;
  const comers = everybody && rateLimit !== undefined ? ['*'] : allow;
  return [
    ...chunks(deny).map((ranges, i) =>
      addressRule(priorities.deny + i, 'deny(403)', 'Denied ranges', ranges),
    ),
    expressionRule(
      priorities.vulnerabilities,
      'Known vulnerabilities such as Log4j',
      // The older spelling is what scanners look for; it judges the same.
      "evaluatePreconfiguredExpr('cve-canary')",
      false,
    ),
    ...(waf?.rules ?? []).map((rule, i) =>
      expressionRule(
        priorities.waf + i,
        `Rule set ${rule}`,
        `evaluatePreconfiguredWaf('${rule}-v33-stable', {'sensitivity': ${waf?.sensitivity ?? 1}})`,
        waf?.preview ?? false,
      ),
    ),
    ...chunks(comers).map((ranges, i) => comersRule(priorities.allow + i, ranges, rateLimit)),
    addressRule(defaultPriority, everybody ? 'allow' : 'deny(403)', 'Everybody else', ['*']),
  ];
}

function comersRule(
  priority: number,
  ranges: readonly string[],
  rateLimit: CloudArmorRateLimit | undefined,
): ComputeSecurityPolicyRule {
  if (rateLimit === undefined) return addressRule(priority, 'allow', 'Allowed ranges', ranges);
  const { requests, intervalSeconds, banSeconds } = rateLimit;
  return {
    ...addressRule(priority, banSeconds === undefined ? 'throttle' : 'rate_based_ban', 'Rate limit', ranges),
    rateLimitOptions: {
      conformAction: 'allow',
      exceedAction: 'deny(429)',
      enforceOnKey: 'IP',
      rateLimitThreshold: { count: requests, intervalSec: intervalSeconds },
      ...(banSeconds === undefined ? {} : { banDurationSec: banSeconds }),
    },
  };
}

function addressRule(
  priority: number,
  action: string,
  description: string,
  ranges: readonly string[],
): ComputeSecurityPolicyRule {
  return {
    priority,
    action,
    description,
    preview: false,
    match: { versionedExpr: 'SRC_IPS_V1', config: { srcIpRanges: [...ranges] } },
  };
}

function expressionRule(
  priority: number,
  description: string,
  expression: string,
  preview: boolean,
): ComputeSecurityPolicyRule {
  return { priority, action: 'deny(403)', description, preview, match: { expr: { expression } } };
}

function chunks(ranges: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ranges.length / rangesPerRule) }, (_, i) =>
    ranges.slice(i * rangesPerRule, (i + 1) * rangesPerRule),
  );
}
