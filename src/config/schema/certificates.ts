import * as z from 'zod';
import { key } from './common';
import { domain } from './dns';

/** A certificate that Google issues and renews, proved by a record in DNS, so it is ready before any traffic comes. */
export const certificate = z.strictObject({
  domains: z
    .array(z.union([domain, z.string().regex(/^\*\./, 'a domain').refine((name) => domain.safeParse(name.slice(2)).success)], {
      error: 'a domain such as airflow.example.com or *.example.com',
    }))
    .min(1)
    .max(100)
    .refine((names) => new Set(names).size === names.length, {
      error: 'each domain once',
      params: { fix: 'remove the one that stands twice' },
    })
    .describe('Domains; `*.example.com` is every name one level below. Changing this recreates the certificate.'),
  zone: key
    .optional()
    .describe(
      'Public zone under dns.zones that holds the domains: the record that proves them is made there. Default: you make it yourself where the domains are kept (docs/certificates.md).',
    ),
  scope: z
    .enum(['global', 'regional'])
    .default('global')
    .describe(
      'The load balancer that shows it: global, with a certificate map for it, or regional. Changing this recreates the certificate.',
    ),
});
export type CertificateConfig = z.infer<typeof certificate>;
