import * as z from 'zod';
import { key, mapOf } from './common';

/** A domain, lower case, without the dot at its end. */
export const domain = z
  .string()
  .max(253, 'at most 253 characters')
  .regex(
    /^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z][-a-z0-9]{0,61}[a-z0-9]$/,
    'a domain such as data.example.com, in lower case and without a dot at its end',
  );

const record = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^(@|(\*|[a-z0-9_]([-a-z0-9_]{0,61}[a-z0-9])?)(\.[a-z0-9_]([-a-z0-9_]{0,61}[a-z0-9])?)*)$/,
        'a name within the zone such as airflow, or @ for the zone itself',
      )
      .optional()
      .describe('Name within the zone; `@` is the zone itself, `*` every name. Default: the key.'),
    type: z
      .enum(['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'SRV', 'TXT'])
      .default('A')
      .describe('Type of the record.'),
    ttlSeconds: z.int().min(0).max(604800).default(300).describe('How long others may remember it, in seconds.'),
    address: key
      .optional()
      .describe('Static address under network.addresses that the record points at (type A only).'),
    values: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('Values. Texts of a TXT record need no quotes of their own; host names get the dot at their end.'),
  })
  .refine((value) => (value.values === undefined) !== (value.address === undefined), {
    error: 'either values or address',
    params: { fix: 'write values: [203.0.113.7], or address: KEY of network.addresses' },
  });

/** Zones in Cloud DNS. */
export const dns = z.strictObject({
  zones: mapOf(
    z.strictObject({
      domain: domain.describe(
        'The domain. Changing this recreates the zone, and a public one then has other name servers.',
      ),
      visibility: z
        .enum(['public', 'private'])
        .default('public')
        .describe('private: only the network of the platform can ask. Changing this recreates the zone.'),
      dnssec: z
        .boolean()
        .default(true)
        .describe(
          'Whether answers of a public zone are signed. It takes effect once the parent zone has the DS record.',
        ),
      records: mapOf(record).default({}).describe('Records by name.'),
    }),
  )
    .default({})
    .describe('Zones by name. The parent zone must name the name servers that Google assigns.'),
});
export type DnsConfig = z.infer<typeof dns>;
