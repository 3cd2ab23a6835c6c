import { domainOf, isCoveredBy } from '../domains';
import { listOf, shown, textsOf, treesOf } from '../tree';
import { notApplicable, type Rule, type Violation, verdictOf } from '../types';

const authorizationType = 'google_certificate_manager_dns_authorization';

export const certificateDomains: Rule = {
  id: 'TL-CERT-001',
  title: 'Nobody proves a domain of a certificate',
  severity: 'error',
  why: 'Google issues nothing for the whole certificate until every domain is proved',
  fix: 'name a DNS authorization for each domain; that of the domain covers the wildcard below it',
  see: 'https://cloud.google.com/certificate-manager/docs/domain-authorization#dns-auth',
  types: ['google_certificate_manager_certificate'],
  checks: (resource, context) => {
    const type = 'google_certificate_manager_certificate';
    if (resource.kind !== 'terraform' || resource.type !== type) return notApplicable;
    const managed = treesOf(resource.body.managed)[0];
    // One that is uploaded, or issued by a certificate authority of one's own, proves nothing.
    if (managed === undefined || managed.issuance_config !== undefined) return notApplicable;
    const named = listOf(managed.dns_authorizations).map((one) =>
      context.target(one, authorizationType, resource.unit),
    );
    // What is made elsewhere may prove anything.
    if (named.length > 0 && named.includes(undefined)) return notApplicable;
    const proved = named.flatMap((one) => (one === undefined ? [] : domainOf(one.body.domain)));
    return verdictOf(
      textsOf(managed.domains)
        .filter((domain) => !proved.some((one) => isCoveredBy(domain, one)))
        .map((domain): Violation => ({
          path: 'managed.dns_authorizations',
          found: `${shown(proved.join(', '))}, and none for ${domain}`,
          wanted: `an authorization of ${domain.replace(/^\*\./, '')}`,
        })),
    );
  },
};
