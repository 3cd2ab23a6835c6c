// Runs containers of an Airflow's manifests on this machine: the rendered command with the rendered variables, as a user
// that can write nothing but its own temporary folder, with addresses, ports and folders replaced by those of here.
import { chmodSync, chownSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { must, podTemplateOf, run, start, temporaryFolder } from './support.mjs';

/** Nobody: it owns nothing but what is given to it. */
const nobody = { uid: 65534, gid: 65534 };

/**
 * Puts a command behind what makes it run as nobody, where that may be. It may read everything, since an interpreter of
 * Python is often below root's own folder.
 */
function asNobody(command) {
  if (process.getuid?.() !== 0) return command;
  const capability = '+dac_read_search';
  return [
    'setpriv',
    `--reuid=${nobody.uid}`,
    `--regid=${nobody.gid}`,
    '--clear-groups',
    `--inh-caps=${capability}`,
    `--ambient-caps=${capability}`,
    '--',
    ...command,
  ];
}

/** The pods of one Airflow among manifests, by component; the template of its workers is one of them. */
export function airflowPods(objects, key) {
  const pods = new Map();
  for (const object of objects) {
    const labels = object.metadata?.labels ?? {};
    if (labels['app.kubernetes.io/name'] !== 'airflow' || labels['app.kubernetes.io/instance'] !== key)
      continue;
    const template = podTemplateOf(object) ?? workerTemplate(object);
    if (template !== undefined)
      pods.set(template.metadata.labels['app.kubernetes.io/component'], template.spec);
  }
  return pods;
}

/** The pod that the KubernetesExecutor makes, where the object is the ConfigMap that holds it. */
export function workerTemplate(object) {
  const text = object.kind === 'ConfigMap' ? object.data?.['pod-template.yaml'] : undefined;
  return text === undefined ? undefined : JSON.parse(text);
}

/** The pods that the KubernetesExecutor makes for tasks, as it sends them: with arguments, labels and its own variable. */
export function workerPods(objects) {
  return objects.flatMap((object) => {
    const pod = workerTemplate(object);
    if (pod === undefined) return [];
    const { namespace, name } = object.metadata;
    const [base] = pod.spec.containers;
    return [
      {
        of: name,
        pod: {
          ...pod,
          metadata: {
            ...pod.metadata,
            namespace,
            annotations: { ...pod.metadata.annotations, dag_id: 'e_orders' },
          },
          spec: {
            ...pod.spec,
            containers: [
              {
                ...base,
                args: ['python', '-m', 'airflow.sdk.execution_time.execute_workload', '--json-string', '{}'],
                env: [...base.env, { name: 'AIRFLOW_IS_K8S_EXECUTOR_POD', value: 'True' }],
              },
            ],
          },
        },
      },
    ];
  });
}

/** The folders of one pretended machine, and what stands in the manifests for what here. */
export class Machine {
  /**
   * @param programs folder of the programs of an Airflow
   * @param replaced texts of the manifests, and what they are here; longer ones first
   */
  constructor(programs, replaced) {
    this.programs = programs;
    this.folder = temporaryFolder('airflow');
    chmodSync(this.folder, 0o755);
    this.secrets = this.own('secrets');
    this.replaced = [['/run/secrets', this.secrets], ...replaced];
  }

  /** A folder that the processes may write. */
  own(name) {
    const folder = join(this.folder, name);
    mkdirSync(folder, { recursive: true });
    if (process.getuid?.() === 0) chownSync(folder, nobody.uid, nobody.gid);
    return folder;
  }

  /** Gives all of a folder to the processes. */
  give(name) {
    if (process.getuid?.() === 0) {
      must('chown', ['-R', `${nobody.uid}:${nobody.gid}`, join(this.folder, name)]);
    }
  }

  /** Writes a file that the processes read, below the folder that stands for another. */
  write(path, text) {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, this.replace(text));
    return file;
  }

  /** Copies a folder for the processes to read. */
  copy(from, name) {
    const folder = join(this.folder, name);
    cpSync(from, folder, { recursive: true });
    return folder;
  }

  replace(text) {
    return this.replaced.reduce((changed, [from, to]) => changed.replaceAll(from, to), text);
  }

  /** The environment of a container, as its process sees it. */
  environment(container, further = {}) {
    const rendered = (container.env ?? []).map(({ name, value }) => {
      if (value === undefined) throw new Error(`${name} has no literal value`);
      return [name, this.replace(value.replaceAll('$$', '$'))];
    });
    return {
      PATH: `${this.programs}:/usr/bin:/bin`,
      HOME: '/nonexistent',
      TMPDIR: this.own('tmp'),
      PYTHONDONTWRITEBYTECODE: '1',
      ...Object.fromEntries(rendered),
      ...further,
    };
  }

  /** Runs what a container runs, or another command in its place, to its end. */
  run(container, { further = {}, command = this.command(container), timeoutSeconds } = {}) {
    const [program, ...args] = asNobody(command);
    return run(program, args, {
      env: this.environment(container, further),
      cwd: this.own('tmp'),
      ...(timeoutSeconds === undefined ? {} : { timeout: timeoutSeconds * 1000 }),
    });
  }

  /** Starts what a container runs; it is ended with the check. */
  start(container, { further = {} } = {}) {
    const [program, ...args] = asNobody(this.command(container));
    return start(program, args, { env: this.environment(container, further), cwd: this.own('tmp') });
  }

  command({ command, args = [] }) {
    return [...command, ...args].map((word) => this.replace(word.replaceAll('$$', '$')));
  }

  /** Whether a probe of a running container succeeds. */
  async probe(probe, container, further = {}) {
    const seconds = probe.timeoutSeconds ?? 1;
    if (probe.httpGet !== undefined) {
      const port = this.replace(String(probe.httpGet.port));
      try {
        const answer = await fetch(`http://127.0.0.1:${port}${probe.httpGet.path}`, {
          signal: AbortSignal.timeout(seconds * 1000),
          redirect: 'manual',
        });
        // As the kubelet counts.
        return answer.status >= 200 && answer.status < 400;
      } catch {
        return false;
      }
    }
    const { status } = this.run(container, {
      further,
      command: probe.exec.command,
      timeoutSeconds: seconds,
    });
    return status === 0;
  }
}
