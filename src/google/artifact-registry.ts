import { ArtifactRegistryRepository } from '@cdktf/provider-google/lib/artifact-registry-repository';
import { ArtifactRegistryRepositoryIamMember } from '@cdktf/provider-google/lib/artifact-registry-repository-iam-member';
import { Construct } from 'constructs';
import { addressPart, rolePart, setAddress } from './address';
import { dependencies, type LabelledEntityProps } from './entity';
import type { Grant } from './grant';

/** A public registry that a repository can be a mirror of. */
export type MirroredRegistry = 'docker-hub' | 'ghcr' | 'quay' | 'registry-k8s-io' | 'pypi';

export interface ArtifactRegistryProps extends LabelledEntityProps {
  /** Name of the repository. Changing this recreates it, empty. */
  readonly name: string;
  /** Region. Changing this recreates the repository, empty. */
  readonly location: string;
  /** What it holds. Changing this recreates the repository, empty. */
  readonly format: 'docker' | 'python';
  /**
   * Public registry that it fetches from and keeps copies of. Changing this recreates the repository, empty.
   * @default - none: images are pushed to it
   */
  readonly mirror?: MirroredRegistry;
  /**
   * Whether a tag stays on its image for good (docker only, not for a mirror).
   * @default false
   */
  readonly immutableTags?: boolean;
  /**
   * How many versions of each package are kept whatever their age; older untagged ones are deleted after 30 days.
   * @default 20
   */
  readonly keepVersions?: number;
  /**
   * Whether images are scanned when they come in (docker only): as the project has it, or never.
   * @default 'INHERITED'
   */
  readonly vulnerabilityScanning?: 'INHERITED' | 'DISABLED';
  /**
   * Who may pull or push.
   * @default - those who may by a role on the project
   */
  readonly grants?: readonly Grant[];
  /**
   * Cloud KMS key that encrypts it. Changing this recreates the repository, empty.
   * @default - Google's own key
   */
  readonly kmsKey?: string;
}

/**
 * A repository in Artifact Registry that cleans up after itself.
 *
 * @see https://cloud.google.com/artifact-registry/docs/repositories/cleanup-policy
 */
export class ArtifactRegistry extends Construct {
  readonly repository: ArtifactRegistryRepository;
  readonly grants: readonly ArtifactRegistryRepositoryIamMember[];

  constructor(scope: Construct, id: string, props: ArtifactRegistryProps) {
    super(scope, id);
    this.repository = setAddress(
      new ArtifactRegistryRepository(this, 'repository', {
        project: props.project,
        location: props.location,
        repositoryId: props.name,
        format: props.format.toUpperCase(),
        ...(props.mirror === undefined
          ? { mode: 'STANDARD_REPOSITORY' }
          : { mode: 'REMOTE_REPOSITORY', remoteRepositoryConfig: remote(props.mirror) }),
        // Said only where it is on: the provider does not send a false, and the plan would never settle.
        ...(props.format === 'docker' && props.mirror === undefined && props.immutableTags === true
          ? { dockerConfig: { immutableTags: true } }
          : {}),
        ...(props.format === 'docker'
          ? {
              // Scans where the project has the API for it on; that costs money by the image.
              vulnerabilityScanningConfig: { enablementConfig: props.vulnerabilityScanning ?? 'INHERITED' },
            }
          : {}),
        cleanupPolicyDryRun: false,
        cleanupPolicies: [
          {
            id: 'delete-untagged',
            action: 'DELETE',
            // In seconds: Google returns any other unit as seconds, and the plan would never settle.
            condition: { tagState: 'UNTAGGED', olderThan: '2592000s' },
          },
          {
            id: 'keep-recent',
            action: 'KEEP',
            mostRecentVersions: { keepCount: props.keepVersions ?? 20 },
          },
        ],
        labels: { ...props.labels },
        ...(props.kmsKey === undefined ? {} : { kmsKeyName: props.kmsKey }),
        ...dependencies(props),
      }),
      id,
    );
    this.grants = (props.grants ?? []).map(({ key, member, role }) =>
      setAddress(
        new ArtifactRegistryRepositoryIamMember(this, `grant-${rolePart(role)}-${key}`, {
          project: props.project,
          location: props.location,
          repository: this.repository.repositoryId,
          role,
          member,
          ...dependencies(props),
        }),
        id,
        rolePart(role),
        addressPart(key),
      ),
    );
  }
}

/** Google knows two of the public registries by name; the others are given by their address. */
function remote(mirror: MirroredRegistry) {
  const description = `Copies of ${mirror}`;
  switch (mirror) {
    case 'docker-hub':
      return { description, dockerRepository: { publicRepository: 'DOCKER_HUB' } };
    case 'pypi':
      return { description, pythonRepository: { publicRepository: 'PYPI' } };
    default:
      return { description, dockerRepository: { customRepository: { uri: addresses[mirror] } } };
  }
}

const addresses = {
  ghcr: 'https://ghcr.io',
  quay: 'https://quay.io',
  'registry-k8s-io': 'https://registry.k8s.io',
} as const;
