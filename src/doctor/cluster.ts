import type { Cluster, Namespace, Operator } from '../model';
import type { OutputDocument } from '../output';
import { checkApis, type Discovery } from './apis';
import { complaint, type Finding, parsed, type Run, type Said } from './finding';
import { checkPermissions } from './permissions';
import { checkSecrets, type ExpectedSecret } from './secrets';

/** What is on a cluster when everything is as it should be. */
export interface ExpectedCluster {
  readonly cluster: Pick<Cluster, 'name' | 'location'>;
  readonly project: string;
  /** Context of kubectl. @default - the one that gcloud makes */
  readonly context: string | undefined;
  readonly namespaces: readonly Pick<Namespace, 'name'>[];
  readonly operators: readonly Operator[];
  /** The manifests that are to be applied. */
  readonly documents: readonly OutputDocument[];
  /** Kubernetes Secrets that pods read; none where GKE mounts the values. */
  readonly secrets: readonly ExpectedSecret[];
}

/** Calls kubectl for one cluster. */
export type Kubectl = (args: readonly string[], input?: string) => Said;

/** Whether a cluster answers, and has what the manifests need. */
export function checkCluster(run: Run, expected: ExpectedCluster): Finding[] {
  const { cluster, project, operators, documents } = expected;
  const area = `cluster ${cluster.name}`;
  const context = expected.context ?? `gke_${project}_${cluster.location}_${cluster.name}`;
  const kubectl: Kubectl = (args, input) =>
    run('kubectl', ['--context', context, '--request-timeout=15s', ...args], input);
  const answer = kubectl(['get', '--raw', '/version']);
  const version = (parsed(answer.stdout) as { gitVersion?: string } | undefined)?.gitVersion;
  if (answer.status !== 0 || version === undefined) {
    return [unreachable(area, context, expected, answer)];
  }
  const reached: Finding = {
    area,
    id: 'reachable',
    verdict: 'ok',
    text: `Kubernetes ${version.replace(/^v/, '')} answers, by the context ${context}`,
  };
  const apis = checkApis(area, kubectl, documents, operators);
  return [
    reached,
    ...apis.findings,
    ...operators.flatMap((operator) => checkOperator(area, kubectl, operator, apis.discovery)),
    ...checkNamespaces(area, kubectl, expected.namespaces),
    ...checkPermissions(area, kubectl, documents, apis.discovery),
    ...checkSecrets(area, kubectl, expected.secrets),
  ];
}

function unreachable(
  area: string,
  context: string,
  { cluster, project }: ExpectedCluster,
  said: Said,
): Finding {
  const login = `gcloud container clusters get-credentials ${cluster.name} --location ${cluster.location} --project ${project} --dns-endpoint`;
  if (said.status === null) {
    return { area, id: 'reachable', verdict: 'skipped', text: 'kubectl is not there' };
  }
  return {
    area,
    id: 'reachable',
    verdict: 'failed',
    text: `the context ${context} of kubectl does not answer: ${complaint(said)}`,
    fix: `${login}; or name another context by --context`,
  };
}

/** The definitions may outlive the program that reads them. */
function checkOperator(area: string, kubectl: Kubectl, operator: Operator, discovery: Discovery): Finding[] {
  const { key, title, namespace, api, install } = operator;
  if (!discovery.has(api)) return [];
  const id = `operator ${key}`;
  const said = kubectl(['get', 'deployments', `--namespace=${namespace}`, '--output=json']);
  const { items = [] } = (parsed(said.stdout) ?? {}) as {
    items?: { status?: { availableReplicas?: number } }[];
  };
  if (said.status !== 0) {
    return [
      { area, id, verdict: 'skipped', text: `${title}: its Deployments cannot be seen: ${complaint(said)}` },
    ];
  }
  const running = items.some(({ status }) => (status?.availableReplicas ?? 0) > 0);
  return [
    running
      ? { area, id, verdict: 'ok', text: `${title} runs in the namespace ${namespace}` }
      : {
          area,
          id,
          verdict: 'warning',
          text: `${title} is defined, and nothing runs in the namespace ${namespace}`,
          fix: `look for it in another namespace, or install it: ${install}`,
        },
  ];
}

function checkNamespaces(
  area: string,
  kubectl: Kubectl,
  namespaces: readonly Pick<Namespace, 'name'>[],
): Finding[] {
  const said = kubectl(['get', 'namespaces', '--output=json']);
  if (said.status !== 0) {
    return [
      { area, id: 'namespaces', verdict: 'skipped', text: `namespaces cannot be seen: ${complaint(said)}` },
    ];
  }
  const { items = [] } = (parsed(said.stdout) ?? {}) as {
    items?: { metadata: { name: string; labels?: Record<string, string> } }[];
  };
  return namespaces.map(({ name }): Finding => {
    const id = `namespace ${name}`;
    const found = items.find(({ metadata }) => metadata.name === name);
    if (found === undefined) {
      return {
        area,
        id,
        verdict: 'warning',
        text: `the namespace ${name} is not there yet`,
        fix: 'apply 00-namespaces.k8s.yaml first; kubectl does so by itself',
      };
    }
    const level = found.metadata.labels?.['pod-security.kubernetes.io/enforce'];
    return level === 'restricted'
      ? { area, id, verdict: 'ok', text: `the namespace ${name} admits restricted pods only` }
      : {
          area,
          id,
          verdict: 'warning',
          text: `the namespace ${name} enforces ${level ?? 'no level'} of Pod Security`,
          fix: 'apply 00-namespaces.k8s.yaml',
        };
  });
}
