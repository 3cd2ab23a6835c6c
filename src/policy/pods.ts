import { type Expectations, violationsOf } from './attributes';
import type { Context } from './context';
import { isTree, textOf, treesOf, valueAt } from './tree';
import {
  type KubernetesObject,
  notApplicable,
  type Rule,
  type RuleText,
  type Tree,
  type Violation,
  verdictOf,
} from './types';

/** The pod that an object makes. */
export interface Pod {
  readonly owner: KubernetesObject;
  /** Path of the pod's spec in the object. */
  readonly path: string;
  readonly spec: Tree;
  readonly labels: Tree;
  readonly containers: readonly Container[];
}

export interface Container {
  /** `spec.template.spec.containers[web]`. */
  readonly path: string;
  readonly body: Tree;
  /** An init container that ends before the others start. */
  readonly isInit: boolean;
}

const templates: Readonly<Record<string, string>> = {
  Pod: '',
  Deployment: 'spec.template',
  StatefulSet: 'spec.template',
  DaemonSet: 'spec.template',
  ReplicaSet: 'spec.template',
  Job: 'spec.template',
  CronJob: 'spec.jobTemplate.spec.template',
};

/** The pod of an object, if it makes one. */
export function podOf(object: KubernetesObject): Pod | undefined {
  const template = templates[object.type];
  if (template === undefined) return undefined;
  const pod = template === '' ? object.body : valueAt(object.body, template);
  if (!isTree(pod) || !isTree(pod.spec)) return undefined;
  const path = template === '' ? 'spec' : `${template}.spec`;
  const { spec } = pod;
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) =>
    treesOf(spec[list]).map((body) => ({
      path: `${path}.${list}[${textOf(body.name)}]`,
      body,
      isInit: list === 'initContainers' && body.restartPolicy !== 'Always',
    })),
  );
  const labels = valueAt(pod, 'metadata.labels');
  return { owner: object, path, spec, labels: isTree(labels) ? labels : {}, containers };
}

/** A rule on every pod. */
export function podRule({
  finds,
  ...text
}: RuleText & { readonly finds: (pod: Pod, context: Context) => readonly Violation[] }): Rule {
  return {
    ...text,
    types: Object.keys(templates),
    checks: (resource, context) => {
      const pod = resource.kind === 'kubernetes' ? podOf(resource) : undefined;
      return pod === undefined ? notApplicable : verdictOf(finds(pod, context));
    },
  };
}

/**
 * What does not hold in each container.
 * @param inherited fields of the security context that a container has from its pod where it does not say them
 */
export function inContainers(
  pod: Pod,
  expects: Expectations,
  inherited: readonly string[] = [],
): Violation[] {
  return pod.containers.flatMap(({ path, body }) => {
    const fields = Object.fromEntries(
      inherited.flatMap((field) => {
        const own =
          valueAt(body, `securityContext.${field}`) ?? valueAt(pod.spec, `securityContext.${field}`);
        return own === undefined ? [] : [[field, own] as const];
      }),
    );
    const context = isTree(body.securityContext) ? body.securityContext : {};
    return violationsOf({ ...body, securityContext: { ...context, ...fields } }, expects, `${path}.`);
  });
}
