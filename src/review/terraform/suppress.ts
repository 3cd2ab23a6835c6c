/** Tells whether the provider hides the difference between two values of an attribute. */
type Suppress = (before: string, after: string) => boolean;

const last = (link: string) => link.split('/').at(-1) ?? '';
/** What follows `projects/`: host and version of a link do not count. */
const relative = (link: string) => link.replace(/^.*?projects\//, '');
const seconds = (duration: string) => {
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };
  const parts = [...duration.matchAll(/([\d.]+)(ms|h|m|s)/g)];
  return parts.length === 0
    ? Number.NaN
    : parts.reduce((sum, [, digits, unit = '']) => sum + Number(digits) * (units[unit] ?? 0), 0);
};
const sameCase: Suppress = (a, b) => a.toLowerCase() === b.toLowerCase();
const emptyOr =
  (fallback: string): Suppress =>
  (a, b) =>
    (a === '' && b === fallback) || (a === fallback && b === '');

/**
 * The functions of the provider that hide differences, by their names in its code.
 * @see https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/tpgresource/common_diff_suppress.go
 */
const suppressors: Readonly<Record<string, Suppress>> = {
  // A link and a bare name are the same; two links are the same where they differ in host and version only.
  CompareSelfLinkOrResourceName: (a, b) =>
    a.includes('/') && b.includes('/')
      ? relative(a) === relative(b)
      : last(a) === last(b) && a !== '' && b !== '',
  CompareSelfLinkRelativePaths: (a, b) => relative(a) === relative(b),
  CompareSelfLinkRelativePathsIgnoreProjectId: (a, b) =>
    relative(a).replace(/projects\/[^/]+/, '') === relative(b).replace(/projects\/[^/]+/, ''),
  CompareResourceNames: (a, b) => last(a) === last(b),
  compareSelfLinkRelativePathsIgnoreParams: (a, b) =>
    relative(a.replace(/\?.*$/, '')) === relative(b.replace(/\?.*$/, '')),
  CaseDiffSuppress: sameCase,
  CompareCaseInsensitive: sameCase,
  iamMemberCaseDiffSuppress: (a, b) => normalizedMember(a) === normalizedMember(b),
  // Numbers and ids of projects cannot be told apart without asking Google.
  ProjectNumberDiffSuppress: (a, b) => /^\d+$/.test(last(a)) !== /^\d+$/.test(last(b)),
  EmptyOrFalseSuppressBoolean: (a, b) => [a, b].every((one) => one === '' || one === 'false'),
  DurationDiffSuppress: (a, b) => seconds(a) === seconds(b),
  durationDiffSuppress: (a, b) => seconds(a) === seconds(b),
  // A size that is asked for is fulfilled by any range of that size.
  CidrOrSizeDiffSuppress: (a, b) => b.startsWith('/') && a.endsWith(b),
  IpCidrRangeDiffSuppress: (a, b) => b.startsWith('/') && a.endsWith(b),
  Base64DiffSuppress: (a, b) => a.replace(/\s/g, '') === b.replace(/\s/g, ''),
  OptionalSurroundingSpacesSuppress: (a, b) => a.trim() === b.trim(),
  AbsoluteDomainSuppress: (a, b) => a.replace(/\.$/, '') === b.replace(/\.$/, ''),
  Rfc3339TimeDiffSuppress: (a, b) => Date.parse(a) === Date.parse(b),
  LastSlashDiffSuppress: (a, b) => a.replace(/\/$/, '') === b.replace(/\/$/, ''),
  portDiffSuppress: (a, b) => a.replace(/^(\d+)-\1$/, '$1') === b.replace(/^(\d+)-\1$/, '$1'),
  PortRangeDiffSuppress: (a, b) => a.replace(/^(\d+)-\1$/, '$1') === b.replace(/^(\d+)-\1$/, '$1'),
  InternalIpDiffSuppress: (a, b) => a.replace(/\/\d+$/, '') === b.replace(/\/\d+$/, ''),
  ipv6RepresentationDiffSuppress: sameCase,
  CompareProjectName: (a, b) => last(a) === last(b),
  kmsCryptoKeyRingsEquivalent: (a, b) => relative(a) === relative(b),
  CompareCryptoKeyVersions: (a, b) =>
    relative(a).replace(/\/cryptoKeyVersions\/\d+$/, '') ===
    relative(b).replace(/\/cryptoKeyVersions\/\d+$/, ''),
  certManagerDefaultScopeDiffSuppress: emptyOr('DEFAULT'),
  BinaryAuthorizationDiffSuppress: emptyOr('DISABLED'),
  IpCollectionDiffSuppress: (a, b) => relative(a) === relative(b),
  ComputeInstanceMinCpuPlatformEmptyOrAutomaticDiffSuppress: emptyOr('automatic'),
  compareServiceAccountEmailToLink: (a, b) => last(a) === last(b),
};

/** Differences that depend on more than the two values: whether they are hidden, only a plan knows. */
const byContext = /Suppress|Diff|Compare|func\d/;

/** `hidden`: no difference for the provider. `unsure`: its code looks at more than the values. */
export function suppressed(
  name: string | undefined,
  before: unknown,
  after: unknown,
): 'hidden' | 'unsure' | 'shown' {
  if (name === undefined) return 'shown';
  const found = suppressors[name];
  if (found !== undefined) return found(String(before ?? ''), String(after ?? '')) ? 'hidden' : 'shown';
  return byContext.test(name) ? 'unsure' : 'shown';
}

/** Accounts and groups are compared without case; other principals as they stand. */
export function normalizedMember(member: string): string {
  const [, kind, name] = /^(?:deleted:)?(serviceAccount|user|group|domain):(.*)$/.exec(member) ?? [];
  return kind === undefined || name === undefined ? member : `${kind}:${name.toLowerCase()}`;
}
