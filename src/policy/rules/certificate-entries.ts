import { domainOf, isGoodFor } from '../domains';
import { listOf, shown, textOf, textsOf, valueAt } from '../tree';
import { notApplicable, type Rule, verdictOf } from '../types';

const entryType = 'google_certificate_manager_certificate_map_entry';

export const certificateEntries: Rule = {
  id: 'TL-CERT-002',
  title: 'A host is served with the certificate of another',
  severity: 'error',
  why: 'Every browser refuses it',
  fix: 'name the host among the domains of the certificate, or another certificate in the entry',
  see: 'https://cloud.google.com/certificate-manager/docs/maps',
  types: [entryType],
  checks: (resource, context) => {
    if (resource.kind !== 'terraform' || resource.type !== entryType) return notApplicable;
    const { body, unit } = resource;
    const host = domainOf(context.resolve(body.hostname, unit));
    const certificates = listOf(body.certificates).map((one) =>
      context.target(one, 'google_certificate_manager_certificate', unit),
    );
    // The entry for all other hosts has none; and of certificates that are made elsewhere, nothing is known here.
    if (textOf(body.hostname) === '' || certificates.includes(undefined)) return notApplicable;
    const domains = certificates.flatMap((one) =>
      textsOf(valueAt(one?.body, 'managed.domains')).map(domainOf),
    );
    return verdictOf(
      domains.some((domain) => isGoodFor(domain, host))
        ? []
        : [{ path: 'hostname', found: host, wanted: `one of ${shown(domains.join(', '))}` }],
    );
  },
};
