import type { AirflowDags, AirflowFiles } from './airflow-dags';
import type { CloudSqlProxyProps } from './cloud-sql-proxy';
import type { ResourceRequirements, RunAs } from './container';
import type { ObjectProps } from './labels';
import type { PodPlacement } from './pod';
import type { EnvVariable, SecretDelivery, SecretKey } from './secret-delivery';

/** What all components of an Airflow have in common. */
export interface AirflowProps extends ObjectProps {
  /** An image that is made from Airflow's own, of the release below. */
  readonly image: string;
  /** Decides which settings there are, and what the components are called. */
  readonly release: '2.11' | '3.2' | '3.3';
  readonly executor: 'LocalExecutor' | 'KubernetesExecutor';
  readonly runAs: RunAs;
  readonly serviceAccount: string;
  readonly placement: PodPlacement;
  /** Variables beside those that are set here; they win. */
  readonly env: readonly EnvVariable[];
  readonly secretDelivery: SecretDelivery;
  readonly proxy: CloudSqlProxyProps;
  /** SQLAlchemy URL of the metadata database through the proxy; holds no password. */
  readonly connectionUrl: string;
  /** PgBouncer, which all but Jobs connect to. @default - each pod connects by a proxy of its own */
  readonly pgbouncer?: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: SecretKey;
    readonly database: string;
  };
  readonly keys: {
    /** The first encrypts; the others still decrypt. */
    readonly fernet: readonly SecretKey[];
    /** Not read by Airflow 2. */
    readonly jwtSecret: SecretKey;
    readonly apiSecretKey: SecretKey;
  };
  /** Name of the api-server's Service. */
  readonly apiService: string;
  /** `https://HOST`, by which people reach it. @default - nobody does from outside */
  readonly baseUrl?: string;
  /** ConfigMap with `webserver_config.py`, and the secrets that it reads. @default - passwords in the database */
  readonly webserverConfig?: { readonly configMap: string; readonly secrets: readonly string[] };
  readonly logs:
    /** `gs://BUCKET/FOLDER`: logs outlive their pods there. */
    | { readonly kind: 'bucket'; readonly uri: string }
    /** A claim on a volume that many nodes write. */
    | { readonly kind: 'volume'; readonly claim: string };
  /** @default - none */
  readonly metrics?:
    | { readonly kind: 'statsd'; readonly host: string }
    | { readonly kind: 'otel'; readonly endpoint: string; readonly intervalSeconds: number };
  /** How many tasks run at a time over all. */
  readonly parallelism: number;
  /** How long a scheduler of the LocalExecutor that ends waits for its tasks. */
  readonly drainSeconds: number;
  readonly dags: AirflowDags;
  /** Files of ConfigMaps, wherever code of DAGs runs. @default - none */
  readonly files?: readonly AirflowFiles[];
  /** Secrets that code of DAGs reads as files. @default - none */
  readonly dagSecrets?: readonly string[];
  /** ConfigMap with the template of the pods that tasks run in. @default - tasks run in the schedulers */
  readonly podTemplate?: string;
  /** Whether tasks may make pods, as the KubernetesPodOperator does. @default false */
  readonly makesPods?: boolean;
  readonly resources: ResourceRequirements;
}
