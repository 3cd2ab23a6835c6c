import { type CloudSqlProxyProps, cloudSqlProxy } from './cloud-sql-proxy';
import { type ContainerProps, hardenedContainer, type ResourceRequirements, type RunAs } from './container';
import type { ObjectProps } from './labels';
import { type PodPlacement, type PodTemplate, renderPodTemplate } from './pod';
import type { EnvVariable, SecretDelivery } from './secret-delivery';
import { scratch } from './volumes';

/** What the pods of a Meltano project have in common. */
export interface MeltanoPodProps extends ObjectProps {
  /** Image with the project and its plugins installed. */
  readonly image: string;
  /** Folder of the project in the image. */
  readonly directory: string;
  readonly runAs: RunAs;
  readonly serviceAccount: string;
  readonly placement: PodPlacement;
  /** Variables, sorted by name. */
  readonly env: readonly EnvVariable[];
  readonly secretDelivery: SecretDelivery;
  readonly resources: ResourceRequirements;
  /** The database at 127.0.0.1:5432. @default - no proxy */
  readonly proxy?: CloudSqlProxyProps;
}

/**
 * Variables that follow from a root that cannot be written: Meltano's own database, which it cannot do without, and
 * what programs keep in their home. The bookmarks are not in there: they are where the state backend says.
 */
const writableDefaults: readonly EnvVariable[] = [
  { name: 'HOME', value: '/tmp' },
  { name: 'MELTANO_DATABASE_URI', value: 'sqlite:////tmp/meltano.db' },
];

/** A pod of a Meltano project that runs one command. */
export function renderMeltanoPod(
  props: MeltanoPodProps,
  container: Pick<ContainerProps, 'command' | 'ports' | 'startupProbe' | 'livenessProbe' | 'readinessProbe'>,
  pod: {
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly restartPolicy: 'Always' | 'Never';
    readonly terminationGracePeriodSeconds: number;
    /** What runs to its end before the container starts, in the same image. @default - nothing */
    readonly prepare?: readonly string[];
  },
): PodTemplate {
  const named = new Set(props.env.map(({ name }) => name));
  const defaults = writableDefaults.filter(({ name }) => !named.has(name));
  const disk = props.resources.limits['ephemeral-storage'] ?? '2Gi';
  const one = (own: Pick<ContainerProps, 'name'> & typeof container) =>
    hardenedContainer({
      ...own,
      image: props.image,
      workingDir: props.directory,
      env: [...defaults, ...props.env].sort((a, b) => (a.name < b.name ? -1 : 1)),
      secretDelivery: props.secretDelivery,
      resources: props.resources,
      runAs: props.runAs,
      mounts: [
        scratch('tmp', '/tmp', disk),
        scratch('meltano-run', `${props.directory}/.meltano/run`, disk),
        scratch('meltano-logs', `${props.directory}/.meltano/logs`, disk),
      ],
    });
  const { prepare, ...others } = pod;
  return renderPodTemplate({
    ...others,
    serviceAccount: props.serviceAccount,
    volumeGroup: props.runAs.group,
    placement: props.placement,
    // Python as PID 1 would ignore SIGTERM until it is killed, and plugins that lose their parent would stay.
    shareProcessNamespace: true,
    sidecars: props.proxy === undefined ? [] : [cloudSqlProxy(props.proxy)],
    initContainers: prepare === undefined ? [] : [one({ name: 'prepare', command: prepare })],
    containers: [one({ ...container, name: 'meltano' })],
  });
}
