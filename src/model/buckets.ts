import { listed, nearest } from '../config/nearest';
import type { ConfigPath } from '../config/problem';
import { regionNames } from '../config/regions';
import type { BucketConfig } from '../config/schema/buckets';
import { accessLogKey, bucketDefaults, bucketName, stateBucket } from './bucket-defaults';
import { resolveAccess } from './members';
import type { BucketNotification } from './platform';
import { compare, type Scope, sortedEntries } from './scope';

/** Places for copies in several regions, beside the regions. */
const severalRegions = ['US', 'EU', 'ASIA', 'NAM4', 'EUR4', 'ASIA1'];

/** Storage classes from warm to cold: objects only ever move on. */
const classes = ['STANDARD', 'NEARLINE', 'COLDLINE', 'ARCHIVE'];

/** Adds the declared buckets to the scope. Call it after the workloads, which have buckets of their own. */
export function resolveBuckets(scope: Scope): void {
  for (const [key, config] of sortedEntries(scope.config.buckets)) {
    const origin: ConfigPath = ['buckets', key];
    checkKey(scope, key, origin);
    if (config.existing) checkExisting(scope, config, origin);
    checkVersioning(scope, config, origin);
    checkLifecycle(scope, config, origin);
    const plain = bucketDefaults(scope.config, scope.prefix);
    const writers = resolveAccess(scope, config.writers, [...origin, 'writers'], 'roles/storage.objectUser');
    scope.buckets.set(key, {
      ...plain,
      key,
      name: config.name ?? bucketName(scope.config, scope.prefix, key),
      existing: config.existing,
      location: location(scope, config.location, origin),
      purpose: 'data',
      storageClass: config.storageClass ?? 'STANDARD',
      lifecycle: config.lifecycle.map((rule) => ({ ...rule, prefix: rule.prefix ?? null })),
      versioning: config.versioning ?? config.retention === undefined,
      noncurrentDays: config.noncurrentDays ?? plain.noncurrentDays,
      retention: config.retention ?? null,
      softDeleteDays: config.softDeleteDays ?? plain.softDeleteDays,
      writers: writers.flatMap(({ identity }) => identity ?? []).sort(compare),
      access: [
        ...resolveAccess(scope, config.readers, [...origin, 'readers'], 'roles/storage.objectViewer'),
        ...resolveAccess(
          scope,
          config.metadataReaders,
          [...origin, 'metadataReaders'],
          'roles/storage.legacyBucketReader',
        ),
        ...writers.filter(({ identity }) => identity === null),
      ],
      notifications: notifications(scope, config, origin),
      origin,
    });
  }
  checkAccessLogs(scope);
}

function checkAccessLogs({ config, prefix, problems, buckets }: Scope): void {
  const { accessLogs } = config;
  if (accessLogs?.bucket === undefined) return;
  if (accessLogs.retainDays !== undefined) {
    problems.add({
      path: ['accessLogs', 'retainDays'],
      message: "how long somebody else's bucket keeps objects cannot be set here",
      found: String(accessLogs.retainDays),
      allowed: 'either bucket or retainDays',
      fix: 'remove the line, or remove bucket to have one made',
    });
  }
  const own = [stateBucket(config, prefix), ...buckets.values()].find(
    ({ name, existing }) => name === accessLogs.bucket && !existing,
  );
  if (own !== undefined) {
    problems.add({
      path: ['accessLogs', 'bucket'],
      message: 'a bucket of this platform would log to itself, and never rest',
      found: own.name,
      allowed: 'a bucket of somebody else',
      fix: 'remove bucket to have one made that logs nowhere',
    });
  }
}

function notifications(scope: Scope, config: BucketConfig, origin: ConfigPath): BucketNotification[] {
  return sortedEntries(config.notifications).flatMap(([key, notification]) => {
    const here = [...origin, 'notifications', key];
    const target = scope.topics.use(notification.topic, [...here, 'topic'], 'storage', 'a notification');
    if (target === undefined) return [];
    return [
      {
        key,
        ...target,
        events: [...new Set(notification.events)].sort(compare),
        prefix: notification.prefix ?? null,
        origin: here,
      },
    ];
  });
}

function location(scope: Scope, asked: string | undefined, origin: ConfigPath): string {
  const { region } = scope.config.google;
  if (asked === undefined) return region;
  const known = [...regionNames, ...severalRegions];
  const found = known.find((one) => one.toLowerCase() === asked.toLowerCase());
  if (found !== undefined) return found;
  const near = nearest(asked, known);
  scope.problems.add({
    path: [...origin, 'location'],
    message: `'${asked}' is no place for a bucket`,
    found: asked,
    allowed: `${severalRegions.join(', ')}, or a region: ${listed(regionNames, 12)}`,
    fix: near === undefined ? `remove it to get ${region}` : `did you mean '${near}'?`,
  });
  return region;
}

function checkKey(scope: Scope, key: string, origin: ConfigPath): void {
  const owner = scope.buckets.get(key);
  const reserved = [accessLogKey, 'tfstate'];
  if (owner === undefined && !reserved.includes(key)) return;
  scope.problems.add({
    path: origin,
    at: 'key',
    message: `the platform makes a bucket '${key}' itself${owner === undefined ? '' : `, for ${owner.origin.join('.')}`}`,
    found: key,
    allowed: 'another name',
    fix: `for example ${key}-data`,
  });
}

/** What is not made here cannot be set here. */
function checkExisting(scope: Scope, config: BucketConfig, origin: ConfigPath): void {
  if (config.name === undefined) {
    scope.problems.add({
      path: [...origin, 'existing'],
      message: 'a bucket that somebody else makes has a name that only you know',
      found: 'existing: true without a name',
      allowed: 'name: BUCKET',
      fix: 'add name, or remove existing to have the bucket made',
    });
  }
  const { location, storageClass, versioning, noncurrentDays, retention, softDeleteDays } = config;
  const settings = { location, noncurrentDays, retention, softDeleteDays, storageClass, versioning };
  const set = Object.entries(settings)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  for (const name of [...set, ...(config.lifecycle.length > 0 ? ['lifecycle'] : [])]) {
    scope.problems.add({
      path: [...origin, name],
      message: `the bucket is made by somebody else, so ${name} cannot be set here`,
      allowed: 'name, readers, metadataReaders, writers and notifications',
      fix: 'remove the line, or remove existing to have the bucket made',
    });
  }
}

/** Google keeps either all old versions or what a retention policy protects, and refuses a bucket with both. */
function checkVersioning(scope: Scope, config: BucketConfig, origin: ConfigPath): void {
  if (config.retention !== undefined && config.versioning === true) {
    scope.problems.add({
      path: [...origin, 'versioning'],
      message: 'a bucket with retention cannot keep versions as well',
      found: 'versioning: true with retention',
      allowed: 'either versioning or retention',
      fix: 'remove versioning: retention already keeps every object from being overwritten',
    });
  }
  const versioned = config.versioning ?? config.retention === undefined;
  if (!versioned && config.noncurrentDays !== undefined) {
    scope.problems.add({
      path: [...origin, 'noncurrentDays'],
      message: 'without versioning there are no old versions to keep',
      found: String(config.noncurrentDays),
      allowed: 'noncurrentDays only with versioning',
      fix: 'remove the line',
    });
  }
}

function checkLifecycle(scope: Scope, config: BucketConfig, origin: ConfigPath): void {
  const first = config.storageClass ?? 'STANDARD';
  config.lifecycle.forEach(({ action, ageDays }, i) => {
    const path = [...origin, 'lifecycle', i];
    const colder = classes.slice(classes.indexOf(first) + 1);
    if (action !== 'delete' && !colder.includes(action)) {
      scope.problems.add({
        path: [...path, 'action'],
        message: `objects that begin as ${first} cannot move to ${action}`,
        found: action,
        allowed: [...colder, 'delete'].join(', '),
        fix: 'name a colder class, or remove the rule',
      });
    }
    const { retention } = config;
    if (action === 'delete' && retention !== undefined && ageDays < retention.days) {
      scope.problems.add({
        path: [...path, 'ageDays'],
        message: `objects cannot be deleted after ${ageDays} days: retention keeps them for ${retention.days}`,
        found: String(ageDays),
        allowed: `at least ${retention.days}`,
        fix: `raise it to ${retention.days}, or shorten retention`,
      });
    }
  });
}
