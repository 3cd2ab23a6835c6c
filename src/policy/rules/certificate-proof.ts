import { domainOf, isWithin } from '../domains';
import { perContext } from '../indexed';
import { textOf } from '../tree';
import { notApplicable, type Rule, verdictOf } from '../types';

const type = 'google_certificate_manager_dns_authorization';

/** The public zones of the output. */
const zones = perContext((context) =>
  context
    .terraform('google_dns_managed_zone')
    .filter(({ body }) => body.visibility !== 'private')
    .map(({ body, unit }) => domainOf(context.resolve(body.dns_name, unit))),
);

/** The names of all records, as they stand there. */
const records = perContext((context) =>
  context.terraform('google_dns_record_set').map(({ body }) => JSON.stringify(body.name ?? '')),
);

export const certificateProof: Rule = {
  id: 'TL-CERT-003',
  title: 'The proof of a domain is in no zone',
  severity: 'warning',
  why: 'Google looks for the record and does not find it, and the certificate is never issued',
  fix: 'add a google_dns_record_set with the dns_resource_record of the authorization',
  see: 'https://cloud.google.com/certificate-manager/docs/dns-authorizations',
  types: [type],
  checks: (resource, context) => {
    if (resource.kind !== 'terraform' || resource.type !== type) return notApplicable;
    const domain = domainOf(context.resolve(resource.body.domain, resource.unit));
    const zone = zones(context).find((one) => isWithin(domain, one));
    // A zone that somebody else keeps gets its record by hand.
    if (zone === undefined) return notApplicable;
    const isThere = records(context).some(
      (name) =>
        name.includes(`{${resource.address}.dns_resource_record`) ||
        name.includes(`_acme-challenge.${domain}.`),
    );
    return verdictOf(
      isThere
        ? []
        : [
            {
              path: 'domain',
              found: `${textOf(resource.body.domain)}, without its record in ${zone}`,
              wanted: 'a google_dns_record_set with its dns_resource_record',
            },
          ],
    );
  },
};
