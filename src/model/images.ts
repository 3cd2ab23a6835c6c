import type { ConfigPath } from '../config/problem';
import { listed, nearest } from '../config/nearest';
import type { Image, Registry } from './platform';
import type { Problems } from './problems';

/** Digests by image reference, as `images.lock` holds them. */
export type ImageLock = Readonly<Record<string, string>>;

/**
 * Public images that the platform runs itself, by their tags. Digests come from `images.lock`, never from here.
 * Tags as of 21 November 2026.
 */
export const publicImages = {
  /** @see https://github.com/GoogleCloudPlatform/cloud-sql-proxy/releases */
  cloudSqlProxy: 'gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.25.3',
  /** @see https://github.com/kubernetes/git-sync/releases */
  gitSync: 'registry.k8s.io/git-sync/git-sync:v4.7.1',
  /** Built by the project of Airflow. @see https://github.com/apache/airflow/tree/main/chart/dockerfiles/pgbouncer */
  pgbouncer: 'docker.io/apache/airflow:airflow-pgbouncer-2025.03.05-1.23.1',
  /** @see https://github.com/prometheus/statsd_exporter/releases */
  statsdExporter: 'quay.io/prometheus/statsd-exporter:v0.28.0',
  /** The stable version of 21 October 2026. @see https://github.com/docker-library/repo-info/tree/master/repos/nginx */
  nginx: 'docker.io/library/nginx:1.30.6-alpine',
  /** Only its psql is used, for the rights of the database users. */
  psql: 'docker.io/library/postgres:18',
  /** The same as the pod operator of Airflow's provider for Kubernetes 10.25.0 has; `sh` and `cat` are used. */
  xcomSidecar: 'docker.io/library/alpine:3.24.2',
  /** @see https://gitlab.com/gitlab-org/gitlab-runner/-/releases */
  gitlabRunner: 'docker.io/gitlab/gitlab-runner:alpine-v19.4.0',
  /** Of the same version. */
  gitlabRunnerHelper: 'docker.io/gitlab/gitlab-runner-helper:x86_64-v19.4.0',
  /** Jobs of CI that name no image. */
  ubuntu: 'docker.io/library/ubuntu:24.04',
  /** @see https://github.com/actions/runner/releases */
  githubRunner: 'ghcr.io/actions/actions-runner:2.335.1',
} as const;

/** The public image of an Airflow version. */
export function airflowImage(version: string): string {
  return `docker.io/apache/airflow:${version}`;
}

/**
 * The reference with its digest where the lock knows one.
 * @param namedAt where the configuration names the image
 */
export function lockImage(reference: string, lock: ImageLock, namedAt: ConfigPath | null = null): Image {
  if (reference.includes('@sha256:')) return { reference, pinned: true, lockName: null, namedAt };
  const digest = lock[reference];
  return digest === undefined
    ? { reference, pinned: false, lockName: reference, namedAt }
    : { reference: `${reference}@${digest}`, pinned: true, lockName: reference, namedAt };
}

/** The name of a public image as the platform takes it: through a mirror of its registry, where there is one. */
export function mirrorImage(reference: string, registries: Iterable<Registry>): string {
  const slash = reference.indexOf('/');
  const host = reference.slice(0, slash);
  const mirror = [...registries].find((registry) => registry.mirror?.imageHost === host);
  return mirror === undefined ? reference : `${mirror.host}${reference.slice(slash)}`;
}

/** A public image that the platform runs itself, with its digest, which is the same in every mirror. */
export function publicImage(
  reference: string,
  { lock, registries }: { readonly lock: ImageLock; readonly registries: ReadonlyMap<string, Registry> },
): Image {
  const image = lockImage(reference, lock);
  const mirrored = mirrorImage(reference, registries.values());
  // The lock may hold the name that a pod has as well, for those who reach the mirror alone.
  if (!image.pinned && lock[mirrored] !== undefined) return lockImage(mirrored, lock);
  return { ...image, reference: mirrorImage(image.reference, registries.values()) };
}

/**
 * What an `image` setting means: `REGISTRY/NAME:TAG` with a registry of the platform, or a full reference.
 * Adds a problem and gives the text back where it is neither.
 */
export function resolveImageReference(
  text: string,
  path: ConfigPath,
  registries: ReadonlyMap<string, Registry>,
  problems: Problems,
): string {
  const name = text.slice(text.lastIndexOf('/') + 1);
  if (!/[:@]/.test(name) || name.endsWith(':latest')) {
    problems.add({
      path,
      message: 'an image needs a tag that stays, or a digest',
      found: text,
      allowed: 'REGISTRY/NAME:TAG or HOST/NAME:TAG, with a tag other than latest',
      fix: `write the version, for example ${text.replace(/:latest$/, '')}:1.0.0`,
    });
    return text;
  }
  const slash = text.indexOf('/');
  const first = slash === -1 ? '' : text.slice(0, slash);
  if (/[.:]/.test(first)) return text;
  const registry = registries.get(first);
  if (registry?.format === 'docker') return `${registry.host}${text.slice(slash)}`;
  const docker = [...registries.values()].filter((r) => r.format === 'docker').map((r) => r.key);
  const near = nearest(first, docker);
  problems.add({
    path,
    message:
      registry === undefined
        ? `'${first === '' ? text : first}' is neither a registry of this platform nor a host`
        : `the registry '${first}' holds ${registry.format} packages, no images`,
    found: text,
    allowed:
      docker.length > 0 ? `${listed(docker)}, or a host such as docker.io` : 'a host such as docker.io',
    fix:
      near === undefined
        ? `write the host as well, for example docker.io/${text}`
        : `did you mean '${near}${slash === -1 ? `/${text}` : text.slice(slash)}'?`,
    dependsOn: [['registries']],
  });
  return text;
}
