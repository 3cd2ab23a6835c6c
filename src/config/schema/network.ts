import * as z from 'zod';
import { cidr, dnsLabel, mapOf } from './common';
import { firewallRule } from './firewall';

const address = z.strictObject({
  scope: z
    .enum(['regional', 'global'])
    .default('regional')
    .describe('Which load balancers take it: those of the region, or the global ones. Changing this gives another address.'),
  name: dnsLabel
    .regex(/^[a-z]/, 'first a letter')
    .optional()
    .describe('Name at Google. Default: the name of the platform and the key. Changing this gives another address.'),
});

const peering = z.strictObject({
  network: z
    .string()
    .regex(
      /^projects\/[a-z][-a-z0-9:.]*[a-z0-9]\/global\/networks\/[a-z]([-a-z0-9]*[a-z0-9])?$/,
      'projects/PROJECT/global/networks/NETWORK',
    )
    .describe('The other VPC, as projects/PROJECT/global/networks/NETWORK. It must peer with this one as well. Changing this recreates the peering.'),
  exportCustomRoutes: z
    .boolean()
    .default(false)
    .describe('Whether the other side learns our static and dynamic routes. Routes of subnets are always exchanged.'),
  importCustomRoutes: z.boolean().default(false).describe('Whether we learn those of the other side.'),
});

/** The VPC network and the plan of its ranges. */
export const network = z.strictObject({
  cidr: cidr
    .default('10.40.0.0/16')
    .describe(
      'The range that nodes, pods, services and databases are carved from: private, /12 to /20. Changing this recreates the network and all that is in it.',
    ),
  nodes: cidr.optional().describe('Range of the nodes, /29 or larger. Default: the first sixteenth of cidr.'),
  services: cidr.optional().describe('Range of Kubernetes services, /27 or larger. Default: the second sixteenth of cidr.'),
  databases: cidr
    .optional()
    .describe('Range reserved for Cloud SQL by private service access. Default: the third sixteenth of cidr.'),
  pods: cidr.optional().describe('Range of the pods, /24 or larger; each node takes a /24 of it. Default: the second half of cidr.'),
  proxyOnly: z
    .boolean()
    .default(false)
    .describe('Whether there is a subnet for the proxies of regional load balancers: the fourth sixteenth of cidr.'),
  flowLogs: z
    .boolean()
    .default(true)
    .describe('Whether the subnet logs its flows (half of them sampled, every 10 minutes).'),
  natAddresses: z
    .int()
    .min(0)
    .max(16)
    .default(0)
    .describe(
      'Static addresses that outgoing connections come from, for sources that allow only known addresses. 0 lets Google choose them.',
    ),
  addresses: mapOf(address)
    .default({})
    .describe('Static external addresses by name, for load balancers. Renaming one gives another address.'),
  peerings: mapOf(peering).default({}).describe('Peerings with other VPCs by name. Renaming one recreates it.'),
  firewall: mapOf(firewallRule)
    .default({})
    .describe('Rules of the firewall by name, all of them logged, beside those that GKE makes itself. Renaming one recreates it.'),
});
