import { ArtifactRegistryRepository } from '@cdktf/provider-google/lib/artifact-registry-repository';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type LabelledEntityProps } from './entity';

export interface ArtifactRegistryProps extends LabelledEntityProps {
  /** Name of the repository. Changing this recreates it, empty. */
  readonly name: string;
  /** Region. Changing this recreates the repository, empty. */
  readonly location: string;
  /** What it holds. Changing this recreates the repository, empty. */
  readonly format: 'docker' | 'python';
  /**
   * Whether a tag stays on its image for good (docker only).
   * @default false
   */
  readonly immutableTags?: boolean;
  /**
   * How many versions of each package are kept whatever their age; older untagged ones are deleted after 30 days.
   * @default 20
   */
  readonly keepVersions?: number;
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

  constructor(scope: Construct, id: string, props: ArtifactRegistryProps) {
    super(scope, id);
    this.repository = setAddress(
      new ArtifactRegistryRepository(this, 'repository', {
        project: props.project,
        location: props.location,
        repositoryId: props.name,
        format: props.format.toUpperCase(),
        mode: 'STANDARD_REPOSITORY',
        ...(props.format === 'docker'
          ? {
              dockerConfig: { immutableTags: props.immutableTags ?? false },
              // Scans where the project has the API for it on; that costs money by the image.
              vulnerabilityScanningConfig: { enablementConfig: 'INHERITED' },
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
  }
}
