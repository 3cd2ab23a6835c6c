import { parseAllDocuments } from 'yaml';
import { synthCharts } from '../../charts/synth';
import { loadPlatforms, type Platform } from '../../src/model';
import type { Synthesized } from '../../src/output';

/** The platform that a configuration text means. */
export function platformOf(text: string): Platform {
  const [platform] = loadPlatforms({ name: 'platform.yaml', text }).platforms;
  if (platform === undefined) throw new Error('the configuration declares no platform');
  return platform;
}

/** A platform with one of everything that has a manifest; more lines may be added at the end of it. */
export function everything(delivery: 'addon' | 'external-secrets' | 'manual', dags = ''): string {
  return `
version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
production: true
secretDelivery: ${delivery}
cluster:
  nodePools:
    main: {}
    tasks: { dedicated: true }
databases:
  main: { databases: [airflow, warehouse] }
namespaces: { production: {}, testing: { labels: { team: data } } }
secrets:
  taps: { keys: [token, pass.word], namespaces: [production] }
  unread: { keys: [x], namespaces: [testing] }
airflow:
  main:
    namespace: production
    database: main/airflow
    env: { EXTRA_TOKEN: { secret: taps/token } }
${dags}
meltano:
  elt:
    project: ./meltano
    namespace: production
    database: main/warehouse
    scheduler: { labels: { app: elt } }
    env: { TAP_TOKEN: { secret: taps/token }, TAP_PASS: { secret: taps/pass.word } }
    egress: [{ cidr: 10.1.0.0/16, ports: [5432] }]
pipelines:
  orders: { meltano: elt, run: tap-orders target-postgres, schedule: "0 6 * * *", pool: tasks }
  backfill: { meltano: elt, run: tap-orders target-postgres --full-refresh }
`;
}

/** The parts of manifests that tests look at; what a manifest does not have is undefined whatever this says. */
export interface TestContainer {
  readonly name: string;
  readonly restartPolicy?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
  readonly resources: { readonly requests: object; readonly limits: object };
  readonly securityContext: object;
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

export interface TestPod {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: {
    readonly serviceAccountName: string;
    readonly containers: readonly TestContainer[];
    readonly initContainers?: readonly TestContainer[];
    readonly volumes?: readonly {
      readonly name: string;
      readonly configMap?: { readonly name: string };
      readonly secret?: { readonly secretName: string };
      readonly csi?: { readonly volumeAttributes: { readonly secretProviderClass: string } };
      readonly emptyDir?: { readonly sizeLimit?: string };
    }[];
  };
}

export interface TestManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec: {
    readonly replicas?: number;
    readonly suspend?: boolean;
    readonly secretStoreRef?: { readonly name: string };
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> } & Readonly<
      Record<string, unknown>
    >;
    readonly podSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly template?: TestPod;
    readonly jobTemplate?: { readonly spec: { readonly template: TestPod } };
  };
}

/** All manifests of a synthesis, read back from its files. */
export function manifestsOf(synthesized: Synthesized, file = ''): TestManifest[] {
  return synthesized.files
    .filter(({ path }) => path.endsWith('.yaml') && path.includes(file))
    .flatMap(({ content }) => parseAllDocuments(content).map((document) => document.toJS() as TestManifest));
}

/** The pod that a manifest makes, where it makes any. */
export function podOf(manifest: TestManifest): TestPod | undefined {
  // ConfigMaps, roles and the like have no `spec`.
  if (!('spec' in manifest)) return undefined;
  return manifest.spec.template ?? manifest.spec.jobTemplate?.spec.template;
}

/** Synthesizes a configuration text. */
export function synth(text: string): Synthesized {
  return synthCharts(platformOf(text));
}
