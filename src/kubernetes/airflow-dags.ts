import type { Container } from './container';
import { gitSync, gitSyncMount, gitSyncOnce, gitSyncPath, type GitSyncProps } from './git-sync';
import { type SecretKey, secretPath } from './secret-delivery';
import { configFile, type Mount } from './volumes';

/** Where an Airflow's DAGs come from. */
export type AirflowDags =
  | { readonly kind: 'sample'; /** ConfigMap with the sample. */ readonly configMap: string }
  | { readonly kind: 'image'; /** Folder of the DAGs in the image. */ readonly path: string }
  | ({
      readonly kind: 'git';
      /** Folder of the DAGs in the repository. */ readonly path: string;
    } & Omit<GitSyncProps, 'secretDelivery'>)
  | { readonly kind: 'bundles'; readonly bundles: readonly AirflowGitBundle[] };

/** A repository that Airflow 3 clones itself. */
export interface AirflowGitBundle {
  /** Name of the bundle; runs remember it. */
  readonly name: string;
  readonly url: string;
  /** Branch, tag or commit. */
  readonly ref: string;
  /** Folder of the DAGs in the repository. */
  readonly path: string;
  readonly refreshSeconds: number;
  /** Key for an address of ssh, and the keys of its host. @default - none */
  readonly ssh?: { readonly key: SecretKey; readonly knownHosts: SecretKey };
  /** Id of a connection of type git. @default - none, or one for the key */
  readonly connection?: string;
}

/**
 * A ConfigMap whose entries are files below {@link airflowFilesFolder}. Its name should stay when its content changes:
 * the files then follow by themselves within a minute or two, and no pod is replaced.
 */
export interface AirflowFiles {
  readonly configMap: string;
  /** Entry of the ConfigMap → path below the folder, for example `dags/shard-0.py`. @default - each under its own name */
  readonly paths?: Readonly<Record<string, string>>;
}

/** Folder of the DAGs in Airflow's image. */
const imageDags = '/opt/airflow/dags';

/** Where the files of ConfigMaps are. */
export const airflowFilesFolder = '/opt/airflow/tapline';

/** The folder among them whose Python files are DAGs, as a bundle of its own beside the DAGs folder. */
export const airflowFilesDags = `${airflowFilesFolder}/dags`;

/** Name of the sample among the DAGs. */
export const sampleDagFile = 'tapline_sample.py';

const bundleClasses = {
  local: 'airflow.dag_processing.bundles.local.LocalDagBundle',
  git: 'airflow.providers.git.bundles.git.GitDagBundle',
};

/** What a pod needs so that code of DAGs runs in it. */
export interface DagAccess {
  readonly mounts: readonly Mount[];
  /** Secrets that are read as files. */
  readonly secrets: readonly string[];
  /** Native sidecars, or init containers of a pod that runs one task. */
  readonly containers: readonly Container[];
}

/**
 * Mounts and containers by which a pod has the DAGs.
 * @param once whether the pod lives as long as one task, so that fetching once is enough
 */
export function dagAccess(
  dags: AirflowDags,
  files: readonly AirflowFiles[],
  delivery: GitSyncProps['secretDelivery'],
  once: boolean,
): DagAccess {
  const fileMounts = filesMounts(files);
  switch (dags.kind) {
    case 'sample':
      return {
        mounts: [
          configFile('sample-dag', `${imageDags}/${sampleDagFile}`, dags.configMap, sampleDagFile),
          ...fileMounts,
        ],
        secrets: [],
        containers: [],
      };
    case 'image':
      return { mounts: fileMounts, secrets: [], containers: [] };
    case 'git': {
      const props = { ...dags, secretDelivery: delivery };
      return {
        mounts: [gitSyncMount(), ...fileMounts],
        secrets: [],
        containers: [once ? gitSyncOnce(props) : gitSync(props)],
      };
    }
    case 'bundles': {
      const keys = dags.bundles.flatMap(({ ssh }) => (ssh === undefined ? [] : [ssh.key, ssh.knownHosts]));
      return { mounts: fileMounts, secrets: keys.map(({ secret }) => secret), containers: [] };
    }
  }
}

/** All ConfigMaps in one volume: its files are swapped for the next version at once. */
function filesMounts(files: readonly AirflowFiles[]): Mount[] {
  if (files.length === 0) return [];
  const sources = files.map(({ configMap, paths }) => ({
    configMap: {
      name: configMap,
      items: paths === undefined ? undefined : Object.entries(paths).map(([key, path]) => ({ key, path })),
    },
  }));
  const volume = { name: 'tapline-files', source: { projected: { sources, defaultMode: 0o444 } } };
  return [{ volume, path: airflowFilesFolder, readOnly: true }];
}

/** Settings that say where the DAGs are. */
export function dagSettings(
  dags: AirflowDags,
  files: readonly AirflowFiles[],
  hasBundles: boolean,
): Record<string, string> {
  const withDags = files.some(({ paths }) =>
    Object.values(paths ?? {}).some((path) => path.startsWith('dags/')),
  );
  const folder = folderOf(dags);
  // Airflow 2 reads one folder. The sample gives way; other DAGs beside pipelines are refused before.
  if (!hasBundles) return { AIRFLOW__CORE__DAGS_FOLDER: withDags ? airflowFilesDags : folder };
  const own = { name: 'tapline', classpath: bundleClasses.local, kwargs: { path: airflowFilesDags } };
  if (dags.kind === 'bundles') {
    const list = [...dags.bundles.map(renderBundle), ...(withDags ? [own] : [])];
    return {
      AIRFLOW__CORE__DAGS_FOLDER: folder,
      AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST: JSON.stringify(list),
      ...Object.fromEntries(dags.bundles.flatMap(renderConnection)),
    };
  }
  if (!withDags) return { AIRFLOW__CORE__DAGS_FOLDER: folder };
  const list = [{ name: 'dags-folder', classpath: bundleClasses.local, kwargs: {} }, own];
  return {
    AIRFLOW__CORE__DAGS_FOLDER: folder,
    AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST: JSON.stringify(list),
  };
}

function folderOf(dags: AirflowDags): string {
  if (dags.kind === 'git') return gitSyncPath(dags.path);
  return dags.kind === 'image' ? dags.path : imageDags;
}

function renderBundle(bundle: AirflowGitBundle) {
  const subdir = bundle.path.replace(/^[./]+/, '').replace(/\/+$/, '');
  return {
    name: bundle.name,
    classpath: bundleClasses.git,
    kwargs: {
      repo_url: bundle.url,
      tracking_ref: bundle.ref,
      ...(subdir === '' ? {} : { subdir }),
      refresh_interval: bundle.refreshSeconds,
      ...(bundle.ssh === undefined && bundle.connection === undefined
        ? {}
        : { git_conn_id: bundle.connection ?? connectionOf(bundle) }),
    },
  };
}

function connectionOf({ name }: AirflowGitBundle): string {
  return `tapline_git_${name.replaceAll('-', '_')}`;
}

/** A connection that names the files of the key: the key itself is in no variable. */
function renderConnection(bundle: AirflowGitBundle): [string, string][] {
  if (bundle.ssh === undefined) return [];
  const { key, knownHosts } = bundle.ssh;
  const connection = {
    conn_type: 'git',
    host: bundle.url,
    extra: {
      key_file: secretPath(key.secret, key.key),
      known_hosts_file: secretPath(knownHosts.secret, knownHosts.key),
      strict_host_key_checking: 'yes',
    },
  };
  return [[`AIRFLOW_CONN_${connectionOf(bundle).toUpperCase()}`, JSON.stringify(connection)]];
}
