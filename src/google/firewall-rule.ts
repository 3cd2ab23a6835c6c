import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

/** A protocol, and which of its ports. */
export interface FirewallProtocol {
  /** For example `tcp`. */
  readonly protocol: string;
  /** Ports and ranges such as `8000-8100`; empty for a protocol without ports. */
  readonly ports: readonly string[];
}

export interface FirewallRuleProps extends ProjectEntityProps {
  /** Name of the rule. Changing this recreates it. */
  readonly name: string;
  /** `projects/P/global/networks/N`. */
  readonly network: string;
  /**
   * What the rule is for.
   * @default - it says nothing
   */
  readonly description?: string;
  /** Whose connections. Changing this recreates the rule. */
  readonly direction: 'INGRESS' | 'EGRESS';
  /** What happens to them. */
  readonly action: 'allow' | 'deny';
  /**
   * Of several rules that match, the one with the smallest number counts.
   * @default 1000
   */
  readonly priority?: number;
  /** Sources of an ingress rule, destinations of an egress rule. */
  readonly ranges: readonly string[];
  readonly protocols: readonly FirewallProtocol[];
  /**
   * E-mails of the service accounts whose machines it applies to.
   * @default - it applies to tags
   */
  readonly targetServiceAccounts?: readonly string[];
  /**
   * Network tags of the machines that it applies to.
   * @default - it applies to service accounts
   */
  readonly targetTags?: readonly string[];
}

/**
 * A rule of the firewall that says whom it applies to, and logs.
 *
 * @see https://cloud.google.com/firewall/docs/firewalls
 */
export class FirewallRule extends Construct {
  readonly firewall: ComputeFirewall;

  constructor(scope: Construct, id: string, props: FirewallRuleProps) {
    super(scope, id);
    const accounts = props.targetServiceAccounts ?? [];
    const tags = props.targetTags ?? [];
    if (accounts.length > 0 === tags.length > 0) {
      throw new Error(
        `${this.node.path}: got ${accounts.length} target service accounts and ${tags.length} target tags, expected one of the two; a rule without a target would apply to every machine of the network`,
      );
    }
    const protocols = props.protocols.map(({ protocol, ports }) => ({
      protocol,
      ...(ports.length === 0 ? {} : { ports: [...ports] }),
    }));
    this.firewall = setAddress(
      new ComputeFirewall(this, 'firewall', {
        project: props.project,
        name: props.name,
        network: props.network,
        ...(props.description === undefined ? {} : { description: props.description }),
        direction: props.direction,
        priority: props.priority ?? 1000,
        ...(props.direction === 'INGRESS'
          ? { sourceRanges: [...props.ranges] }
          : { destinationRanges: [...props.ranges] }),
        ...(props.action === 'allow' ? { allow: protocols } : { deny: protocols }),
        ...(accounts.length > 0 ? { targetServiceAccounts: [...accounts] } : { targetTags: [...tags] }),
        logConfig: { metadata: 'EXCLUDE_ALL_METADATA' },
        ...dependencies(props),
      }),
      id,
    );
  }
}
