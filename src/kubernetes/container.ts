import { deliverEnvironment, type EnvVariable, secretMount, type SecretDelivery } from './secret-delivery';
import type { Mount } from './volumes';

/** Ids that processes run as. */
export interface RunAs {
  /** At least 10000, so that it is nobody on the node; never 0. */
  readonly user: number;
  readonly group: number;
}

/** Requests and limits, as Kubernetes quantities. */
export interface ResourceRequirements {
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
}

/** How the kubelet looks whether a container is well. */
export interface Probe {
  readonly check:
    | { readonly kind: 'http'; readonly path: string; readonly port: number }
    | { readonly kind: 'tcp'; readonly port: number }
    | { readonly kind: 'exec'; readonly command: readonly string[] };
  /** How often, in seconds. */
  readonly periodSeconds: number;
  /** How many failures in a row count. */
  readonly failureThreshold: number;
  /** How long one look may take, in seconds. @default 5 */
  readonly timeoutSeconds?: number;
}

export interface ContainerProps {
  readonly name: string;
  readonly image: string;
  /** Replaces the entry point of the image. @default - the entry point of the image */
  readonly command?: readonly string[];
  /** Arguments of the command. @default - those of the image */
  readonly args?: readonly string[];
  /** Runs in it before it is told to end, within the time that the pod has for that. @default - nothing */
  readonly preStop?: readonly string[];
  /** Folder that it starts in. @default - that of the image */
  readonly workingDir?: string;
  /** Variables, sorted by name. @default - none */
  readonly env?: readonly EnvVariable[];
  /** How secrets reach it. */
  readonly secretDelivery: SecretDelivery;
  /** Secrets that it reads as files, beside those in its environment. @default - none */
  readonly secretFiles?: readonly string[];
  /** Ports it listens on, by name. @default - none */
  readonly ports?: Readonly<Record<string, number>>;
  /** UDP ports it listens on, by name. @default - none */
  readonly udpPorts?: Readonly<Record<string, number>>;
  readonly resources: ResourceRequirements;
  readonly runAs: RunAs;
  /** Folders beside the read-only root. @default - none, nothing can be written */
  readonly mounts?: readonly Mount[];
  /** Holds the other probes, and for a sidecar the containers after it, until it succeeds. @default - none */
  readonly startupProbe?: Probe;
  /** Restarts the container where it fails. @default - none */
  readonly livenessProbe?: Probe;
  /** Takes the pod out of its Services where it fails. @default - none */
  readonly readinessProbe?: Probe;
}

/** A container as a pod lists it, with the mounts that the pod gathers its volumes from. */
export interface Container {
  readonly spec: Readonly<Record<string, unknown>>;
  readonly mounts: readonly Mount[];
}

/**
 * A container that the Pod Security level `restricted` admits: no root, no capabilities, no way up, the seccomp
 * profile of the runtime, and a root file system that cannot be written.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function hardenedContainer(props: ContainerProps): Container {
  if (props.runAs.user === 0) {
    throw new Error(
      `container '${props.name}': got runAs.user 0, which is root; allowed is any other id, best 10000 or more; set runAs.user`,
    );
  }
  const delivered = deliverEnvironment({
    container: props.name,
    delivery: props.secretDelivery,
    variables: props.env ?? [],
    command: props.command,
    args: props.args,
  });
  const files = (props.secretFiles ?? []).map((secret) => secretMount(props.secretDelivery, secret));
  const mounts = distinctMounts([...(props.mounts ?? []), ...files, ...delivered.mounts]);
  const ports = [...renderPorts(props.ports ?? {}, 'TCP'), ...renderPorts(props.udpPorts ?? {}, 'UDP')];
  return {
    mounts,
    spec: {
      name: props.name,
      image: props.image,
      // A tag may move; the kubelet compares digests, so what it holds already is not pulled again.
      imagePullPolicy: 'Always',
      command: delivered.command,
      args: delivered.args,
      workingDir: props.workingDir,
      env: delivered.env.length === 0 ? undefined : delivered.env,
      ports: ports.length === 0 ? undefined : ports,
      resources: { requests: props.resources.requests, limits: props.resources.limits },
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        privileged: false,
        readOnlyRootFilesystem: true,
        runAsGroup: props.runAs.group,
        runAsNonRoot: true,
        runAsUser: props.runAs.user,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      startupProbe: renderProbe(props.startupProbe),
      lifecycle: props.preStop === undefined ? undefined : { preStop: { exec: { command: props.preStop } } },
      livenessProbe: renderProbe(props.livenessProbe),
      readinessProbe: renderProbe(props.readinessProbe),
      volumeMounts:
        mounts.length === 0
          ? undefined
          : mounts.map(({ volume, path, readOnly, subPath }) => ({
              name: volume.name,
              mountPath: path,
              subPath,
              readOnly: readOnly === true ? true : undefined,
            })),
    },
  };
}

/**
 * The same container as a native sidecar: among the init containers, started before what follows it, kept running,
 * and ended after the containers proper, in Jobs too.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export function sidecar(container: Container): Container {
  return { ...container, spec: { ...container.spec, restartPolicy: 'Always' } };
}

function renderPorts(ports: Readonly<Record<string, number>>, protocol: 'TCP' | 'UDP') {
  return Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort, protocol }));
}

/** A secret may be wanted both as a file and in the environment; it is mounted once. */
function distinctMounts(mounts: readonly Mount[]): Mount[] {
  return [...new Map(mounts.map((mount) => [mount.path, mount])).values()];
}

function renderProbe(probe: Probe | undefined): Readonly<Record<string, unknown>> | undefined {
  if (probe === undefined) return undefined;
  const { check, periodSeconds, failureThreshold, timeoutSeconds } = probe;
  return {
    ...renderCheck(check),
    periodSeconds,
    failureThreshold,
    timeoutSeconds: timeoutSeconds ?? 5,
  };
}

function renderCheck(check: Probe['check']): Readonly<Record<string, unknown>> {
  switch (check.kind) {
    case 'http':
      return { httpGet: { path: check.path, port: check.port } };
    case 'tcp':
      return { tcpSocket: { port: check.port } };
    case 'exec':
      return { exec: { command: check.command } };
  }
}
