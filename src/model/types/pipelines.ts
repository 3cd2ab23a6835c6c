import type { DatabaseAccess } from './database';
import type { Identity } from './identity';
import type { Originated } from './originated';
import type { Egress, Image, Resources, Secret, Workload } from '../platform';

/** A pipeline that an Airflow runs. */
export interface Dag extends Originated {
  /** Key of the pipeline. */
  readonly key: string;
  /** Key of the Airflow. */
  readonly airflow: string;
  /** Id of the DAG. Changing it begins a new history. */
  readonly id: string;
  readonly description: string;
  readonly owner: string;
  readonly tags: readonly string[];
  /** Cron with five fields; null where it is started by hand or by what it depends on, or rests. */
  readonly schedule: string | null;
  readonly timeZone: string;
  /** `YYYY-MM-DD`, in that time zone. */
  readonly startDate: string;
  readonly catchup: boolean;
  readonly maxActiveRuns: number;
  readonly deadlineSeconds: number | null;
  /** Keys of the pipelines after which it runs; none where it rests. */
  readonly dependsOn: readonly string[];
  /** Whether another pipeline depends on it. */
  readonly awaited: boolean;
  readonly deferrable: boolean;
  readonly onFinishAction: 'delete_pod' | 'delete_succeeded_pod' | 'keep_pod';
  /** Where the address of Slack's incoming webhook is; null where nobody is told of failures. */
  readonly slack: { readonly secret: string; readonly key: string } | null;
  /** Each after those that it comes after. */
  readonly tasks: readonly DagTask[];
}

/** A task of a DAG: one pod for each run. Its key is the id of the task. */
export interface DagTask extends Workload {
  /** Key of the Meltano project that it runs as; null where it runs as the tasks of the Airflow. */
  readonly meltano: string | null;
  /** Beginning of the name of its pods. */
  readonly podName: string;
  readonly command: readonly string[];
  /** Folder of the Meltano project in the image; null where the image says where it starts. */
  readonly directory: string | null;
  /** Variables that Airflow renders as templates when the task starts, sorted by name. */
  readonly templates: readonly { readonly name: string; readonly template: string }[];
  readonly group: string | null;
  /** Keys of tasks of the same DAG. */
  readonly after: readonly string[];
  /** Days that it runs on; null for all. */
  readonly days: TaskDays | null;
  /** Whether a task before it may be skipped, which then does not keep it from running. */
  readonly followsSkipped: boolean;
  readonly airflowPool: string;
  readonly poolSlots: number;
  readonly retries: number;
  readonly retryDelaySeconds: number;
  readonly timeoutSeconds: number;
  readonly xcom: boolean;
  readonly database: DatabaseAccess | null;
  readonly resources: Resources;
}

/** A weekday within the month. */
export interface TaskDays {
  /** As it is written, for example `on first-sunday`. */
  readonly text: string;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** 1 to 4, -1 for the last; null for every one. */
  readonly week: number | null;
  /** Whether it runs on all other days instead. */
  readonly not: boolean;
}

/** What an Airflow runs of the platform's pipelines; there is one for each Airflow with pipelines or pools. */
export interface AirflowPipelines extends Originated {
  /** Key of the Airflow. */
  readonly airflow: string;
  readonly cluster: string;
  /** Pools and their slots, sorted by name. */
  readonly pools: readonly { readonly name: string; readonly slots: number }[];
  /** Namespaces that it starts pods in, sorted. */
  readonly namespaces: readonly string[];
  /** Secrets that its own pods read to tell people, sorted. */
  readonly alertSecrets: readonly Secret[];
  /** What tasks are that are of no Meltano project; null where there are none. */
  readonly tasks: {
    readonly namespace: string;
    readonly identity: Identity;
    readonly egress: readonly Egress[];
  } | null;
  /** Image of the sidecar that holds a task's result until it is read; null where no task gives one. */
  readonly xcomSidecarImage: Image | null;
  /** Sorted by key. */
  readonly dags: readonly Dag[];
}
