// The pods of tasks, which no manifest holds as such: the documents of the pipelines in the ConfigMaps say what they
// are, and the pod operator adds to them. Other checks send them to an API server and to scanners as they will be.

import { workerPods } from './airflow-pods.mjs';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { clusterFolders, readManifests } from './support.mjs';

/**
 * Writes the pods of tasks beside the manifests, for scanners: as Jobs, since a pod by itself is one that somebody
 * keeps alive by probes.
 */
export async function writeTaskJobs(folder) {
  for (const cluster of clusterFolders(folder)) {
    const objects = await readManifests(cluster);
    const jobs = [...taskPods(objects), ...workerPods(objects)].map(({ pod: { metadata, spec } }) => ({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: metadata.name, namespace: metadata.namespace },
      spec: { template: { metadata: { labels: metadata.labels }, spec } },
    }));
    if (jobs.length === 0) continue;
    writeFileSync(join(cluster, 'tasks.k8s.yaml'), jobs.map((job) => stringify(job)).join('---\n'));
  }
}

/** The documents of the pipelines among manifests, each with the namespace of its Airflow and its name. */
export function pipelineDocuments(objects) {
  return objects
    .filter(({ kind }) => kind === 'ConfigMap')
    .flatMap(({ metadata, data }) =>
      Object.entries(data ?? {})
        .filter(([name]) => /^pipelines-\d+\.json$/.test(name))
        .map(([name, text]) => ({ name, namespace: metadata.namespace, document: JSON.parse(text) })),
    );
}

/**
 * Every pod that the DAGs of the manifests start, as the operator of the provider for Kubernetes sends it: without what
 * is of one run alone, the suffix of the name, the labels of the run and the values of templates.
 */
export function taskPods(objects) {
  return pipelineDocuments(objects).flatMap(({ document }) =>
    Object.values(document.dags).flatMap((dag) =>
      dag.tasks
        .filter((task) => task.pod !== undefined)
        .map((task) => ({ of: `${dag.id}.${task.id}`, task, pod: startedPod(task, document.xcomSidecar) })),
    ),
  );
}

/** A pod with what the operator adds. */
function startedPod(task, sidecar) {
  const pod = structuredClone(task.pod);
  const [container] = pod.spec.containers;
  const templates = Object.entries(task.env).map(([name, value]) => ({ name, value }));
  container.env = [...(container.env ?? []), ...templates];
  container.terminationMessagePolicy = 'File';
  if (task.xcom) {
    container.volumeMounts = [
      { name: 'xcom', mountPath: '/airflow/xcom' },
      ...(container.volumeMounts ?? []),
    ];
    pod.spec.containers.push(sidecar.container);
    pod.spec.volumes = [sidecar.volume, ...(pod.spec.volumes ?? [])];
  }
  return pod;
}
