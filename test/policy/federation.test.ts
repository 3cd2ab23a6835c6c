import { keepsStrangersOut } from '../../src/policy/federation';

const mapping = {
  'google.subject': 'assertion.sub',
  'attribute.repository': 'assertion.repository',
  'attribute.actor': 'assertion.actor',
  'attribute.project_path': 'assertion.actor',
};
const keeps = (condition: string) => keepsStrangersOut(condition, mapping);

describe('a condition of a workload identity provider', () => {
  it.each([
    ["assertion.repository_owner == 'acme'"],
    ['"acme" == assertion.repository_owner'],
    ["assertion.repository in ['acme/a', 'acme/b']"],
    ["assertion.repository == 'acme/a' && assertion.ref == 'refs/heads/main'"],
    [
      "assertion.ref == 'refs/heads/main' && (assertion.event_name != 'x' && assertion.repository_id == '12')",
    ],
    ["assertion.repository == 'acme/a' || assertion.repository == 'acme/b'"],
    ["(assertion.ref == 'a' || assertion.ref == 'b') && assertion.project_path == 'acme/a'"],
    ["assertion.sub.startsWith('repo:acme/data:')"],
    ["assertion.repository.startsWith('acme/')"],
    ["attribute.repository == 'acme/a'"],
    ["google.subject == 'repo:acme/a:ref:refs/heads/main'"],
    [
      'assertion.repository == "acme/platform" && assertion.event_name != "pull_request_target" && (assertion.ref in ["refs/heads/main"] || (has(assertion.environment) && assertion.environment in ["production"]))',
    ],
  ])('keeps strangers out: %s', (condition) => {
    expect(keeps(condition)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['what always holds', 'true'],
    ['a comparison of fixed values', "'acme' == 'acme'"],
    ['a claim that is compared with itself', 'assertion.repository == assertion.repository'],
    ['an empty value', "assertion.repository_owner == ''"],
    ['one way in for everybody', "assertion.repository == 'acme/a' || assertion.actor == 'me'"],
    ['a way in behind brackets', "assertion.ref == 'a' && (assertion.repository == 'acme/a' || true)"],
    ['everybody but one', "assertion.repository_owner != 'acme'"],
    ['the reverse', "!(assertion.repository_owner == 'acme')"],
    ['branches, which everybody can name so', "assertion.ref == 'refs/heads/main'"],
    ['the audience, which everybody chooses', "assertion.aud == 'https://acme.example.com'"],
    ['a person, whoever owns the repository', "attribute.actor == 'me'"],
    ['an attribute that is made of something else', "attribute.project_path == 'acme/a'"],
    ['the beginning of a name, which others have too', "assertion.repository_owner.startsWith('acme')"],
    ['the beginning of every subject', "assertion.sub.startsWith('repo:')"],
    ['the end of a name', "assertion.repository.endsWith('/data')"],
    ['a list with a claim in it', 'assertion.repository in [assertion.repository]'],
    ['a list with nothing in it', 'assertion.repository in []'],
    ['a comment', "true // assertion.repository_owner == 'acme'"],
    ['a text that only looks like it', "'assertion.repository_owner == \"acme\"' != ''"],
    ['what it cannot read', "assertion.repository_owner == 'acme' ? true : true"],
    ['what does not end', "(assertion.repository_owner == 'acme'"],
    ['an expression of Terraform', '${var.condition}'],
  ])('lets strangers in with %s', (_, condition) => {
    expect(keeps(condition)).toBe(false);
  });
});
