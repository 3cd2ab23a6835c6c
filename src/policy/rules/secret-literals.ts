import type { Context } from '../context';
import { isTree } from '../tree';
import { notApplicable, type Rule, type Violation, verdictOf } from '../types';

/** Attributes that hold a credential, by their names in the schemas of the providers. */
const sensitive =
  /^(password|password_wo|root_password|root_password_wo|secret_data|secret_data_wo|private_key|private_key_pem|client_secret|auth_token|service_key|secret|api_key|access_token|shared_secret|customer_encryption_key|encryption_key_value|raw_key|token|webhook_url|hmac_key)$/;

/** `secret` of a version is its name, and that of a volume as well. */
const names = /^(projects\/[^/]+\/secrets\/[^/]+|[a-z0-9._-]+\/[a-z0-9._-]+)$/;

function findings(value: unknown, path: string, unit: string, context: Context): Violation[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => findings(item, `${path}[${i}]`, unit, context));
  if (!isTree(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const at = path === '' ? name : `${path}.${name}`;
    if (name === '//') return [];
    if (!sensitive.test(name) || typeof item === 'object') return findings(item, at, unit, context);
    const resolved = context.resolve(item, unit);
    const isLiteral = typeof resolved === 'string' && resolved !== '' && !resolved.includes('${');
    if (!isLiteral || (name === 'secret' && names.test(resolved))) return [];
    return [
      { path: at, found: 'a literal that is not shown', wanted: 'a reference to what is generated or given' },
    ];
  });
}

export const secretLiterals: Rule = {
  id: 'TL-SEC-001',
  title: 'A secret is written into the configuration of Terraform',
  severity: 'error',
  why: 'It lies in the repository, in the plan and in the state, for everybody who reads one of them',
  fix: 'generate it by an ephemeral resource, or push its value by hand; and change it, since it has been in a file',
  see: 'https://developer.hashicorp.com/terraform/language/manage-sensitive-data',
  checks: (resource, context) => {
    if (resource.kind !== 'terraform') return notApplicable;
    return verdictOf(findings(resource.body, '', resource.unit, context));
  },
};
