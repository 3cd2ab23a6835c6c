import * as z from 'zod';
import { cidr } from './common';

/** Rule sets of the web application firewall that Google keeps. */
export const wafRuleSets = [
  'java',
  'lfi',
  'methodenforcement',
  'nodejs',
  'php',
  'protocolattack',
  'rce',
  'rfi',
  'scannerdetection',
  'sessionfixation',
  'sqli',
  'xss',
] as const;

/** Intervals that Cloud Armor counts requests over. */
const intervals = [10, 30, 60, 120, 180, 240, 270, 300, 600, 900, 1200, 1800, 2700, 3600] as const;

/** A policy of Cloud Armor, for backends of global external load balancers. */
export const securityPolicy = z.strictObject({
  allow: z
    .array(cidr)
    .default([])
    .describe('Ranges that may come; everybody else is refused. Default: everybody may come who is not denied.'),
  deny: z.array(cidr).default([]).describe('Ranges that are refused before anything else is judged.'),
  rateLimit: z
    .strictObject({
      requests: z.int().min(1).max(1000000).describe('Requests that one address may make in the interval.'),
      intervalSeconds: z.literal(intervals).default(60).describe('Interval, in seconds.'),
      banSeconds: z
        .int()
        .min(1)
        .max(86400)
        .optional()
        .describe('For how long an address is refused that made more. Default: only until it makes fewer.'),
    })
    .optional()
    .describe('How often one address may come; beyond that it gets the status 429. Default: no limit.'),
  waf: z
    .strictObject({
      rules: z
        .array(z.enum(wafRuleSets))
        .min(1)
        .default(['lfi', 'protocolattack', 'rce', 'rfi', 'scannerdetection', 'sqli', 'xss'])
        .describe('Rule sets that requests are judged by.'),
      sensitivity: z
        .int()
        .min(1)
        .max(4)
        .default(1)
        .describe('How much is taken for an attack: 1 hardly ever refuses what is right, 4 often.'),
      preview: z
        .boolean()
        .default(false)
        .describe('Whether a match is only logged, to see first what would be refused.'),
    })
    .optional()
    .describe('Web application firewall. Default: only the rule against known vulnerabilities such as Log4j, which is always on.'),
});
export type SecurityPolicyConfig = z.infer<typeof securityPolicy>;
