import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';

/** The parts of a container that tests look at; what a manifest does not have is undefined whatever this says. */
export interface TestContainer {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly volumeMounts: readonly { readonly mountPath: string; readonly readOnly?: boolean }[];
}

export interface TestTemplate {
  readonly metadata: {
    readonly labels: Record<string, string>;
    readonly annotations: Record<string, string>;
  };
  readonly spec: {
    readonly containers: readonly [TestContainer, ...TestContainer[]];
    readonly initContainers: readonly [TestContainer, ...TestContainer[]];
    readonly restartPolicy: string;
    readonly volumes: readonly unknown[];
  };
}

/** A manifest of any kind, with the parts that tests look at. */
export interface TestManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Record<string, string>;
  };
  readonly data: Record<string, string>;
  readonly spec: {
    readonly template: TestTemplate;
    readonly jobTemplate: {
      readonly spec: {
        readonly template: TestTemplate;
        readonly ttlSecondsAfterFinished?: number;
        readonly podFailurePolicy: {
          readonly rules: readonly {
            readonly onExitCodes?: { readonly containerName: string; readonly values: readonly number[] };
          }[];
        };
      };
    };
    readonly selector: { readonly matchLabels: Record<string, string> };
    readonly timeZone: string;
  };
}

/** The manifests that a construct makes, as they are written. */
export function manifestsOf(make: (scope: Construct) => unknown): [TestManifest, ...TestManifest[]] {
  const chart = new Chart(new App({ outdir: 'unused', recordConstructMetadata: false }), 'test');
  make(chart);
  return chart.toJson() as [TestManifest, ...TestManifest[]];
}

export const labels = { app: 'meltano', instance: 'gitlab', component: 'scheduler', partOf: 'acme' };

export const resources = {
  requests: { cpu: '500m', memory: '1Gi', 'ephemeral-storage': '2Gi' },
  limits: { cpu: '1', memory: '1Gi', 'ephemeral-storage': '2Gi' },
};

export const meltanoPodWithoutDatabase = {
  name: 'gitlab-production',
  namespace: 'gitlab',
  labels,
  image: 'registry.example/gitlab:1.0.0',
  directory: '/project',
  runAs: { user: 10001, group: 10001 },
  serviceAccount: 'k8s-sa',
  placement: { nodeSelector: {}, tolerations: [] },
  env: [
    { name: 'A', value: '1' },
    { name: 'TOKEN', secret: 'tap-secrets', key: 'token' },
  ],
  secretDelivery: 'addon' as const,
  resources,
};

export const meltanoPod = {
  ...meltanoPodWithoutDatabase,
  proxy: { image: 'proxy:2', connectionName: 'p:r:i', iamLogin: true },
};
