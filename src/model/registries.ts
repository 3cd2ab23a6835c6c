import type { ConfigPath } from '../config/problem';
import type { Config } from '../config/schema';
import type { RegistryConfig } from '../config/schema/registry';
import { addImageBuilder } from './ci';
import { resolveAccess } from './members';
import { fit, limits } from './names';
import type { Registry, RegistryMirror } from './platform';
import type { Problems } from './problems';
import { type Scope, sortedEntries, sortedValues } from './scope';

/** What each mirror holds, and what names of its images begin with. */
const upstreams: Readonly<
  Record<
    RegistryMirror['upstream'],
    { readonly format: Registry['format']; readonly imageHost: string | null }
  >
> = {
  'docker-hub': { format: 'docker', imageHost: 'docker.io' },
  ghcr: { format: 'docker', imageHost: 'ghcr.io' },
  quay: { format: 'docker', imageHost: 'quay.io' },
  'registry-k8s-io': { format: 'docker', imageHost: 'registry.k8s.io' },
  pypi: { format: 'python', imageHost: null },
};

/** The registries by key, before it is known who is let in: images are resolved with them first. */
export function resolveRegistries(config: Config, prefix: string, problems: Problems): Map<string, Registry> {
  const { project, region } = config.google;
  const mirrored = new Map<string, string>();
  return new Map(
    sortedEntries(config.registries).map(([key, registry]) => {
      const origin: ConfigPath = ['registries', key];
      const upstream = registry.mirror === undefined ? undefined : upstreams[registry.mirror];
      const format = registry.format ?? upstream?.format ?? 'docker';
      checkRegistry(registry, format, origin, problems);
      if (registry.mirror !== undefined) {
        checkOneMirror(mirrored.get(registry.mirror), registry.mirror, origin, problems);
        mirrored.set(registry.mirror, mirrored.get(registry.mirror) ?? key);
      }
      const name = fit(limits.repository, prefix, key);
      return [
        key,
        {
          key,
          name,
          format,
          mirror:
            registry.mirror === undefined || upstream === undefined
              ? null
              : { upstream: registry.mirror, imageHost: upstream.imageHost },
          immutableTags: registry.immutableTags,
          keepVersions: registry.keepVersions,
          vulnerabilityScanning: registry.vulnerabilityScanning,
          access: [],
          host: `${region}-${format}.pkg.dev/${project}/${name}`,
          origin,
        },
      ];
    }),
  );
}

/** The registries with those who are let in. */
export function withRegistryAccess(scope: Scope): Registry[] {
  const builder = addImageBuilder(scope);
  return sortedValues(scope.registries).map((registry) => {
    const { readers = [], writers = [] } = scope.config.registries[registry.key] ?? {};
    return {
      ...registry,
      access: [
        ...resolveAccess(scope, readers, [...registry.origin, 'readers'], 'roles/artifactregistry.reader'),
        ...resolveAccess(scope, writers, [...registry.origin, 'writers'], 'roles/artifactregistry.writer'),
        ...(builder === undefined || registry.mirror !== null || registry.format !== 'docker'
          ? []
          : [
              {
                key: builder.key,
                member: builder.member,
                identity: builder.key,
                role: 'roles/artifactregistry.writer',
                origin: ['ci', 'gitlab', 'tags'],
              },
            ]),
      ],
    };
  });
}

function checkRegistry(
  registry: RegistryConfig,
  format: Registry['format'],
  origin: ConfigPath,
  problems: Problems,
): void {
  const { mirror } = registry;
  const holds = mirror === undefined ? format : upstreams[mirror].format;
  if (mirror !== undefined && holds !== format) {
    problems.add({
      path: [...origin, 'mirror'],
      message: `${mirror} holds ${kindOf(holds)}, and this registry is for ${kindOf(format)}`,
      found: `format: ${format}, mirror: ${mirror}`,
      allowed: `mirrors of ${kindOf(format)}: ${mirrorsOf(format).join(', ')}`,
      fix: `remove format to get ${holds}, or mirror ${mirrorsOf(format)[0] ?? ''}`,
    });
  }
  if (registry.immutableTags && (mirror !== undefined || format !== 'docker')) {
    problems.add({
      path: [...origin, 'immutableTags'],
      message:
        mirror === undefined
          ? 'only docker registries have tags'
          : 'a mirror takes the tags as they are upstream, also when they move',
      found: 'true',
      allowed: 'immutableTags: true only for a docker registry of your own',
      fix: 'remove the line',
    });
  }
  if (registry.vulnerabilityScanning === 'on' && format !== 'docker') {
    problems.add({
      path: [...origin, 'vulnerabilityScanning'],
      message: 'only images are scanned',
      found: 'on',
      allowed: 'vulnerabilityScanning: on only for a docker registry',
      fix: 'remove the line',
    });
  }
  if (mirror !== undefined && registry.writers.length > 0) {
    problems.add({
      path: [...origin, 'writers'],
      message: 'nobody can push to a mirror',
      found: registry.writers.join(', '),
      allowed: 'readers only',
      fix: 'remove the line, or push to a registry without a mirror',
    });
  }
}

function checkOneMirror(
  other: string | undefined,
  mirror: string,
  origin: ConfigPath,
  problems: Problems,
): void {
  if (other === undefined) return;
  problems.add({
    path: [...origin, 'mirror'],
    message: `registries.${other} mirrors ${mirror} already, and images are taken through one mirror only`,
    found: mirror,
    allowed: 'each mirror once',
    fix: 'remove one of the two',
  });
}

function mirrorsOf(format: Registry['format']): string[] {
  return Object.entries(upstreams)
    .filter(([, upstream]) => upstream.format === format)
    .map(([name]) => name);
}

function kindOf(format: Registry['format']): string {
  return format === 'docker' ? 'docker images' : 'python packages';
}
