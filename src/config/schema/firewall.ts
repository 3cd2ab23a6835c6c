import * as z from 'zod';
import { cidr, key } from './common';
import { networkTag } from './node-pool';

const port = z.union(
  [
    z.int().min(1).max(65535),
    z.string().regex(/^\d{1,5}(-\d{1,5})?$/, 'a port, or a range of ports such as 8000-8100'),
  ],
  { error: 'a port from 1 to 65535, or a range of ports such as 8000-8100' },
);

const protocol = z.strictObject({
  protocol: z.enum(['tcp', 'udp', 'sctp', 'icmp', 'esp', 'ah']).describe('Protocol.'),
  ports: z
    .array(port)
    .min(1)
    .optional()
    .describe('Ports, or ranges of ports such as 8000-8100. Required for tcp, udp and sctp.'),
});

/** A rule of the VPC's firewall. What no rule allows is denied inwards and allowed outwards. */
export const firewallRule = z.strictObject({
  description: z.string().max(2048).optional().describe('What it is for. Default: where it is declared.'),
  direction: z.enum(['ingress', 'egress']).default('ingress').describe('Whose connections: ingress, from the ranges; egress, to them.'),
  action: z.enum(['allow', 'deny']).default('allow').describe('What happens to them.'),
  ranges: z.array(cidr).min(1).max(256).describe('Where the connections come from, or go to.'),
  protocols: z.array(protocol).min(1).describe('Which of them, each protocol once.'),
  priority: z
    .int()
    .min(0)
    .max(65533)
    .default(1000)
    .describe('Of several rules that match, the one with the smallest number counts.'),
  peering: key
    .optional()
    .describe(
      'Peering under network.peerings: the rule is then made on its other side, for example to let pods of this platform in there. Whoever deploys needs roles/compute.securityAdmin in that project. Default: the network of the platform. Changing this recreates the rule.',
    ),
  tags: z
    .array(networkTag)
    .min(1)
    .max(70)
    .optional()
    .describe('Network tags of the machines that it applies to. Required with peering. Default: the nodes of all clusters.'),
});
export type FirewallRuleConfig = z.infer<typeof firewallRule>;
