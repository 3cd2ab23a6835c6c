import type { ConfigPath } from '../config/problem';
import type { LoggingConfig } from '../config/schema/logging';
import { fit, limits } from './names';
import { compare, type Scope, sortedEntries } from './scope';
import type { AuditLog, LogExclusion, LogMetric, LogSink } from './types/operations';

type Destination = LoggingConfig['sinks'][string]['destination'];

/** What sinks may name. */
export interface SinkTargets {
  /** Names of buckets by key. */
  readonly buckets: ReadonlyMap<string, { readonly name: string }>;
  /** Topics by key. */
  readonly topics: ReadonlyMap<string, { readonly id: string }>;
}

/** What Cloud Logging exports, counts, throws away and records. */
export function resolveLogging(
  scope: Scope,
  targets: SinkTargets,
): { sinks: LogSink[]; metrics: LogMetric[]; exclusions: LogExclusion[]; auditLogs: AuditLog[] } {
  const { config, prefix } = scope;
  const { sinks, metrics, exclusions, auditLogs } = config.logging;
  const named = (key: string) => fit(limits.logging, prefix, key);
  return {
    sinks: sortedEntries(sinks).flatMap(([key, sink]): LogSink[] => {
      const origin = ['logging', 'sinks', key];
      const destination = resolveDestination(
        scope,
        [...origin, 'destination'],
        sink.destination,
        targets,
        sink.retentionDays,
      );
      return destination === undefined
        ? []
        : [{ key, name: named(key), filter: sink.filter, destination, origin }];
    }),
    metrics: sortedEntries(metrics).map(([key, metric]) => ({
      key,
      name: named(key),
      filter: metric.filter,
      description: metric.description,
      labels: metric.labels,
      value: metric.value ?? null,
      origin: ['logging', 'metrics', key],
    })),
    exclusions: sortedEntries(exclusions).map(([key, exclusion]) => ({
      key,
      name: named(key),
      ...exclusion,
      origin: ['logging', 'exclusions', key],
    })),
    auditLogs: [...new Set(auditLogs?.services ?? [])].sort(compare).map((service) => ({
      service,
      exempt: [...new Set(auditLogs?.exempt ?? [])].sort(compare),
      origin: ['logging', 'auditLogs'],
    })),
  };
}

function resolveDestination(
  { problems, prefix }: Scope,
  path: ConfigPath,
  { bucket, topic, dataset }: Destination,
  { buckets, topics }: SinkTargets,
  retentionDays: number,
): LogSink['destination'] | undefined {
  if (bucket !== undefined) {
    const found = problems.reference([...path, 'bucket'], bucket, 'bucket', ['buckets'], buckets);
    return found === undefined ? undefined : { kind: 'bucket', name: found.name };
  }
  if (topic !== undefined) {
    const found = problems.reference([...path, 'topic'], topic, 'topic', ['topics'], topics);
    return found === undefined ? undefined : { kind: 'topic', id: found.id };
  }
  // Names of datasets take underscores only, and are the project's, not the platform's.
  return { kind: 'dataset', name: `${prefix.replace(/-/g, '_')}_${dataset ?? ''}`, retentionDays };
}
