import type { Container } from './container';
import type { Volume } from './volumes';

/** A taint that a pod tolerates. */
export interface Toleration {
  readonly key: string;
  readonly value: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** Which nodes a pod goes to. */
export interface PodPlacement {
  /** Labels that a node must have. */
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
}

export interface PodProps {
  /** Labels of the pod. */
  readonly labels: Readonly<Record<string, string>>;
  /** @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** The Kubernetes service account that it runs as. */
  readonly serviceAccount: string;
  /** The group that owns the volumes, so that every container of the pod may use them. */
  readonly volumeGroup: number;
  readonly placement: PodPlacement;
  /** Started first and kept running; the Cloud SQL Auth Proxy before all others. @default - none */
  readonly sidecars?: readonly Container[];
  /** Run to their end, one after the other, after the sidecars have started. @default - none */
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  /** How long the processes have to end after SIGTERM, in seconds. */
  readonly terminationGracePeriodSeconds: number;
  /** `Always` for Deployments, `Never` for Jobs: each attempt is then a pod of its own that keeps its log. */
  readonly restartPolicy: 'Always' | 'Never';
  /**
   * Whether the processes of all containers see each other. The first process of a container is then not PID 1: it
   * dies by SIGTERM although it has no handler, and its orphans are reaped.
   * @default false
   */
  readonly shareProcessNamespace?: boolean;
  /** Spreads the pods with these labels over nodes as far as there are nodes. @default - no wish */
  readonly spreadOver?: Readonly<Record<string, string>>;
}

/** A pod template: `metadata` and `spec`. */
export interface PodTemplate {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly spec: Readonly<Record<string, unknown>>;
}

/**
 * A pod that `restricted` admits, on plain fields and not on a library's pod: cdk8s-plus-27 loses native sidecars.
 *
 * It gets no token of the Kubernetes API. Workload Identity does not need one: Google's client libraries ask the
 * metadata server of GKE.
 */
export function renderPodTemplate(props: PodProps): PodTemplate {
  const { nodeSelector, tolerations } = props.placement;
  const initContainers = [...(props.sidecars ?? []), ...(props.initContainers ?? [])];
  const volumes = gatherVolumes([...initContainers, ...props.containers]);
  return {
    metadata: { labels: props.labels, annotations: props.annotations },
    spec: {
      serviceAccountName: props.serviceAccount,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      nodeSelector: Object.keys(nodeSelector).length === 0 ? undefined : nodeSelector,
      tolerations:
        tolerations.length === 0
          ? undefined
          : tolerations.map(({ key, value, effect }) => ({ key, operator: 'Equal', value, effect })),
      topologySpreadConstraints:
        props.spreadOver === undefined
          ? undefined
          : [
              {
                maxSkew: 1,
                topologyKey: 'kubernetes.io/hostname',
                whenUnsatisfiable: 'ScheduleAnyway',
                labelSelector: { matchLabels: props.spreadOver },
              },
            ],
      securityContext: {
        fsGroup: props.volumeGroup,
        fsGroupChangePolicy: 'OnRootMismatch',
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      shareProcessNamespace: props.shareProcessNamespace,
      initContainers: initContainers.length === 0 ? undefined : initContainers.map(({ spec }) => spec),
      containers: props.containers.map(({ spec }) => spec),
      restartPolicy: props.restartPolicy,
      terminationGracePeriodSeconds: props.terminationGracePeriodSeconds,
      volumes: volumes.length === 0 ? undefined : volumes.map(({ name, source }) => ({ name, ...source })),
    },
  };
}

function gatherVolumes(containers: readonly Container[]): Volume[] {
  const volumes = new Map<string, Volume>();
  for (const { volume } of containers.flatMap(({ mounts }) => mounts)) {
    const known = volumes.get(volume.name);
    if (known !== undefined && JSON.stringify(known.source) !== JSON.stringify(volume.source)) {
      throw new Error(
        `volume '${volume.name}': got two volumes of that name, ${JSON.stringify(known.source)} and ${JSON.stringify(volume.source)}; a pod has each name once; rename one`,
      );
    }
    volumes.set(volume.name, volume);
  }
  return [...volumes.values()];
}
