import { canonical, embeddedJson, textOf } from '../equal';
import { isTree, type Tree } from '../types';
import { sameColumns } from './bigquery-columns';
import { treesOf } from './stack';

/** The whole of both sides: some differences are hidden because of what else is written. */
export interface Whole {
  readonly before: Tree;
  readonly after: Tree;
}

/** Tells whether the provider hides the difference between two values of an attribute. */
type Suppress = (before: string, after: string, whole: Whole) => boolean;

const last = (link: string) => link.split('/').at(-1) ?? '';
/** What follows `projects/`: host and version of a link do not count. */
const relative = (link: string) => link.replace(/^.*?projects\//, 'projects/');
const seconds = (duration: string) => {
  const units: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1, ms: 0.001 };
  const parts = [...duration.matchAll(/([\d.]+)(ms|d|h|m|s)/g)];
  return parts.length === 0
    ? Number.NaN
    : parts.reduce((sum, [, digits, unit = '']) => sum + Number(digits) * (units[unit] ?? 0), 0);
};
const sameCase: Suppress = (a, b) => a.toLowerCase() === b.toLowerCase();
const by =
  (normal: (value: string) => string): Suppress =>
  (a, b) =>
    normal(a) === normal(b);
const emptyOr =
  (fallback: string): Suppress =>
  (a, b) =>
    (a === '' && b === fallback) || (a === fallback && b === '');
// A link and a bare name are the same; two links are the same where they differ in host and version only.
const sameLink: Suppress = (a, b) =>
  a.includes('/') && b.includes('/')
    ? relative(a) === relative(b)
    : last(a) === last(b) && a !== '' && b !== '';
const isAddress = (text: string) => /^[\d.]+$|^[\da-f:]*:[\da-f:]*$/i.test(text);

/**
 * The functions of the provider that hide differences, by their names in its code. What Google writes in full is
 * written in full in the state, so those that know one direction only hold here for both.
 *
 * @see https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/tpgresource/common_diff_suppress.go
 */
const suppressors: Readonly<Record<string, Suppress>> = {
  CompareSelfLinkOrResourceName: sameLink,
  compareSelfLinkOrResourceNameWithMultipleParts: sameLink,
  compareOptionalSubnet: (a, b, whole) => b === '' || sameLink(a, b, whole),
  CompareIpAddressOrSelfLinkOrResourceName: (a, b, whole) => (isAddress(b) ? a === b : sameLink(a, b, whole)),
  CompareSelfLinkRelativePaths: by(relative),
  CompareSelfLinkRelativePathsIgnoreProjectId: by((link) => relative(link).replace(/^projects\/[^/]+/, '')),
  CompareResourceNames: by(last),
  StorageBucketDiffSuppress: by(last),
  LocationDiffSuppress: by(last),
  compareSelfLinkRelativePathsIgnoreParams: by((link) => relative(link.replace(/\?.*$/, ''))),
  sourceDiskDiffSuppress: by((link) =>
    link.replace(/^https:\/\/www\.googleapis\.com\/compute\/(v1|beta)\//, ''),
  ),
  gscBucketNameDiffSuppress: by((bucket) => bucket.replace(/^gs:\/\//, '')),
  CaseDiffSuppress: sameCase,
  CompareCaseInsensitive: sameCase,
  caseDiffDashSuppress: by((text) => text.toUpperCase().replaceAll('-', '_')),
  iamMemberCaseDiffSuppress: by(normalizedMember),
  jsonPolicyDiffSuppress: by(normalizedPolicy),
  // Google answers with the number of a project; which id has that number, only Google knows.
  ProjectNumberDiffSuppress: (a, b) =>
    a.replace(/projects\/\d+/, 'projects/equal') === b.replace(/projects\/[^/]+/, 'projects/equal'),
  EmptyOrFalseSuppressBoolean: (a, b) => [a, b].every((one) => one === '' || one === 'false'),
  DurationDiffSuppress: by((text) => String(seconds(text))),
  durationDiffSuppress: by((text) => String(seconds(text))),
  comparePubsubSubscriptionExpirationPolicy: by((text) => text.replace(/^0+/, '').replace(/\.0*s$/, 's')),
  // A size that is asked for is fulfilled by any range of that size.
  CidrOrSizeDiffSuppress: (a, b) => b.startsWith('/') && a.endsWith(b),
  IpCidrRangeDiffSuppress: (a, b) => b.startsWith('/') && a.endsWith(b),
  secondaryIpDiffSuppress: (a, b) => b.toLowerCase() === 'auto' && a !== '',
  Base64DiffSuppress: by((text) =>
    text
      .replace(/[\r\n=]/g, '')
      .replaceAll('+', '-')
      .replaceAll('/', '_'),
  ),
  OptionalSurroundingSpacesSuppress: by((text) => text.trim()),
  AbsoluteDomainSuppress: by((name) => name.replace(/\.$/, '')),
  Rfc3339TimeDiffSuppress: (a, b) => Date.parse(a) === Date.parse(b),
  LastSlashDiffSuppress: by((text) => text.replace(/\/$/, '')),
  PortRangeDiffSuppress: by((text) => text.replace(/^(\d+)-\1$/, '$1')),
  HourlyFormatSuppressDiff: by((time) => time.replace(/^(\d):/, '0$1:')),
  InternalIpDiffSuppress: (a, b) =>
    isAddress(a.replace(/\/\d+$/, '')) &&
    (!isAddress(b.replace(/\/\d+$/, '')) || a.replace(/\/\d+$/, '') === b.replace(/\/\d+$/, '')) &&
    (!a.includes('/') || !b.includes('/') || last(a) === last(b)),
  ipv6RepresentationDiffSuppress: sameCase,
  CompareProjectName: by(last),
  kmsCryptoKeyRingsEquivalent: by(relative),
  CompareCryptoKeyVersions: by((key) => relative(key).replace(/\/cryptoKeyVersions.*$/, '')),
  certManagerDefaultScopeDiffSuppress: emptyOr('DEFAULT'),
  IpCollectionDiffSuppress: by(relative),
  ComputeInstanceMinCpuPlatformEmptyOrAutomaticDiffSuppress: emptyOr('automatic'),
  compareServiceAccountEmailToLink: by(last),
  bigQueryTableSchemaDiffSuppress: (a, b) => sameColumns(embeddedJson(a) ?? [], embeddedJson(b) ?? []),
  monitoringDashboardDiffSuppress: by(canonical),
  diffSuppressIamUserName: (a, b, { after }) => String(after.type).includes('IAM') && a === b.split('@')[0],
  databaseVersionDiffSuppress: (a, b) => b === 'MYSQL_8_0' && Number(/^MYSQL_8_0_(\d+)$/.exec(a)?.[1]) >= 35,
  maintenanceVersionDiffSuppress: (a, b) => a.length > 14 && b.length > 14 && a.slice(-14) >= b.slice(-14),
  suppressDiffForClusterDnsScope: (a, b) => a === '' && b === 'DNS_SCOPE_UNSPECIFIED',
  // Once on, analytics stay on.
  enableAnalyticsBackwardsChangeDiffSuppress: (a) => a === 'true',
  suppressWhenDisabled: (_, __, { after }) => treesOf(after.log_config)[0]?.enable !== true,
  portDiffSuppress: (a, b) => b === '' && ['80', '443'].includes(a),
  composerImageVersionDiffSuppress: by((image) => image.replace(/-build\.\d+/, '')),
  DiskImageDiffSuppress: (a, b) => sameImage(a, b),
  containerClusterPrivateClusterConfigSuppress: (a, b, whole) =>
    [a, b].every((one) => one === '' || one === 'false') || (a.includes('/') && sameLink(a, b, whole)),
  resourceDatastreamStreamDatabaseIdDiffSuppress: by((id) =>
    id.replace(/^projects\/([^/]+)\/datasets\//, '$1:'),
  ),
  rrdatasDnsDiffSuppress: (a, b, { after }) => {
    if (['AAAA', 'MX', 'DS'].includes(String(after.type))) return sameCase(a, b, { before: {}, after });
    const text = (record: string) => record.toLowerCase().replace(/^"+|"+$/g, '');
    return after.type === 'TXT' ? text(a) === text(b) : a === b;
  },
  // Container of all scopes of a cluster that adds its own.
  containerClusterAddedScopesSuppress: () => false,
  serviceAccountDiffSuppress: () => false,
  containerNodePoolResourceLabelsDiffSuppress: () => false,
  authHeaderDiffSuppress: () => false,
};

/** Defaults of attributes whose absence and default are one, by the place of the function in the provider's code. */
const defaults: readonly (readonly [RegExp, string])[] = [
  [/^ResourceSqlUser\./, 'BUILT_IN'],
  [/^ResourceComputeAddress\.|^ResourceComputeGlobalAddress\..*func3/, 'IPV4'],
  [/^ResourceComputeGlobalAddress\..*func2/, 'EXTERNAL'],
  [
    /^ResourceComputeInstanceGroupManager\.|^ResourceComputeRegionInstanceGroupManager\..*func18/,
    'SUBSTITUTE',
  ],
  [/^ResourceComputeRegionInstanceGroupManager\..*func16/, 'PROACTIVE'],
  [/IamCustomRole\./, 'ALPHA'],
  [/^ResourceCloudSchedulerJob\./, '180s'],
  [/^ResourceNotebooksInstance\./, 'DISK_ENCRYPTION_UNSPECIFIED'],
  [/^ResourceContainerCluster\..*func11/, 'automatic'],
  [/^ResourceContainerCluster\..*func22/, 'MODE_UNSPECIFIED'],
  [/^ResourceContainerCluster\..*func24/, 'VULNERABILITY_MODE_UNSPECIFIED'],
  [/^ResourceContainerCluster\..*func30/, 'PROVIDER_UNSPECIFIED'],
  [/^ResourceContainerCluster\..*func39/, 'DATAPATH_PROVIDER_UNSPECIFIED'],
  [/^ResourceContainerCluster\..*func44/, 'CLUSTER_TIER_UNSPECIFIED'],
  [/LinuxNodeConfig\.|schemaNodeConfig\..*func13/, 'CGROUP_MODE_UNSPECIFIED'],
  [/schemaNodeConfig\..*func15/, 'TRANSPARENT_HUGEPAGE_ENABLED_UNSPECIFIED'],
  [/schemaNodeConfig\..*func17/, 'TRANSPARENT_HUGEPAGE_DEFRAG_UNSPECIFIED'],
];

/** `hidden`: no difference for the provider. `unsure`: its code looks at more than is known here. */
export type Verdict = 'hidden' | 'unsure' | 'shown';

export function suppressed(name: string | undefined, before: unknown, after: unknown, whole: Whole): Verdict {
  if (name === undefined) return 'shown';
  const [a, b] = [textOf(before), textOf(after)];
  if (name.includes('EmptyOrDefaultStringSuppress')) {
    const fallback = defaults.find(([pattern]) => pattern.test(name))?.[1] ?? '';
    return emptyOr(fallback)(a, b, whole) ? 'hidden' : 'shown';
  }
  // In Autopilot, Google decides over most of a cluster.
  if (name === 'container.init.func1') return whole.after.enable_autopilot === true ? 'hidden' : 'shown';
  if (name === 'container.init.func3') return a === 'SEV' && b === '' ? 'hidden' : 'shown';
  if (/^ResourceStorageBucket\.func[34]$/.test(name)) return a !== '' && b === '' ? 'hidden' : 'shown';
  const found = Object.hasOwn(suppressors, name) ? suppressors[name] : undefined;
  if (found === undefined) return 'unsure';
  return found(a, b, whole) ? 'hidden' : 'shown';
}

/** Whether the provider takes a value that is only known after the apply for the one that is there. */
export function hidesUnknown(name: string | undefined): boolean {
  return name === 'InternalIpDiffSuppress' || name === 'enableAnalyticsBackwardsChangeDiffSuppress';
}

/** Whether a block that says nothing, or that a thing is off, is the same as no block. */
const blocks: Readonly<Record<string, (block: Tree, gone: boolean, whole: Whole) => boolean>> = {
  EmptyOrUnsetBlockDiffSuppress: (block) => Object.values(block).every(isZero),
  containerClusterNetworkPolicyDiffSuppress: (block, gone) => gone && isZero(block.enabled),
  SecretManagerCfgSuppress: (block, gone) => gone && isZero(block.enabled),
  hierachicalNamespaceDiffSuppress: (block, gone) => gone && isZero(block.enabled),
  BinaryAuthorizationDiffSuppress: (block, gone) =>
    gone && isZero(block.enabled) && block.evaluation_mode === undefined,
  containerClusterPrivateClusterConfigSuppress: (block) =>
    isZero(block.enable_private_endpoint) &&
    isZero(block.enable_private_nodes) &&
    block.private_endpoint_subnetwork === undefined &&
    block.master_global_access_config === undefined,
  serviceAccountDiffSuppress: (block) => isZero(block.email) && isZero(block.scopes),
  diffSuppressEnableLogging: (_, gone, { after }) => gone && after.enable_logging === true,
  subnetworkLogConfigDiffSuppress: (_, gone, { after }) => gone && after.enable_flow_logs === true,
  'ResourceStorageBucket.func2': (block) => isZero(block.enabled),
  'ResourceStorageBucket.func6': (block, gone) => gone && block.mode === 'Disabled',
  'container.init.func1': (_, __, { after }) => after.enable_autopilot === true,
  'container.init.func2': (block, gone) => !gone && isZero(block.project),
  compareTpuNodeSchedulingConfig: (block) => isZero(block.preemptible),
};

export function suppressedBlock(name: string | undefined, block: Tree, gone: boolean, whole: Whole): Verdict {
  if (name === undefined) return 'shown';
  if (name.includes('EmptyOrDefaultStringSuppress')) return 'shown';
  const found = Object.hasOwn(blocks, name) ? blocks[name] : undefined;
  if (found !== undefined) return found(block, gone, whole) ? 'hidden' : 'shown';
  return Object.hasOwn(suppressors, name) ? 'shown' : 'unsure';
}

function isZero(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isZero);
  if (isTree(value)) return Object.values(value).every(isZero);
  return (
    value === undefined ||
    value === null ||
    value === false ||
    value === '' ||
    value === 0 ||
    value === 'false'
  );
}

/** Accounts and groups are compared without case; federated principals as they stand. */
export function normalizedMember(member: string): string {
  return /^(all(Authenticated)?Users$|principal)/.test(member) ? member : member.toLowerCase();
}

/** A policy with its bindings by role and condition, and their members in order. */
function normalizedPolicy(text: string): string {
  const policy = embeddedJson(text);
  if (!isTree(policy)) return text;
  const bindings = new Map<string, Set<string>>();
  for (const binding of treesOf(policy.bindings)) {
    const key = `${String(binding.role)} ${canonical(binding.condition)}`;
    const members = bindings.get(key) ?? new Set();
    for (const member of Array.isArray(binding.members) ? binding.members : [])
      members.add(normalizedMember(String(member)));
    bindings.set(key, members);
  }
  const sorted = [...bindings].map(([key, members]) => [key, [...members].sort()] as const);
  const audits = treesOf(policy.auditConfigs).map(canonical).sort();
  return canonical([sorted.map(canonical).sort(), audits]);
}

/** `debian-cloud/debian-12` and `projects/debian-cloud/global/images/family/debian-12` name one image. */
function sameImage(a: string, b: string): boolean {
  const parts = (image: string) => {
    const [, project = '', name = ''] =
      /(?:projects\/)?([\w:.-]+)\/(?:global\/images\/)?(?:family\/)?([\w.-]+)$/.exec(
        image.replace(/^https:\/\/[^/]+\/compute\/\w+\//, ''),
      ) ?? [undefined, '', last(image)];
    return { project: project.replace(/-cloud$/, ''), name };
  };
  const [one, other] = [parts(a), parts(b)];
  const family =
    one.name === other.name || (one.name.startsWith(`${other.name}-`) && /-v\d{8}$/.test(one.name));
  return family && (one.project === other.project || one.project === '' || other.project === '');
}
