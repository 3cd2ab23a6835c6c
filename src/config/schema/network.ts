import * as z from 'zod';
import { cidr } from './common';

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
});
