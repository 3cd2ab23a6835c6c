/**
 * The recommended labels of an object.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export interface AppLabels {
  /** What it is, for example `meltano`: `app.kubernetes.io/name`. */
  readonly app: string;
  /** Which one it is, for example the key of the project. */
  readonly instance: string;
  /** Its part in that, for example `scheduler`. */
  readonly component: string;
  /** The platform that it belongs to. */
  readonly partOf: string;
}

/** What every object of ours is called, and where it is. */
export interface ObjectProps {
  /** `metadata.name`. Changing this recreates the object. */
  readonly name: string;
  /** `metadata.namespace`. Changing this recreates the object. */
  readonly namespace: string;
  readonly labels: AppLabels;
}

/** All labels, as metadata holds them. */
export function renderLabels(labels: AppLabels): Record<string, string> {
  return {
    ...selectorLabels(labels),
    'app.kubernetes.io/part-of': labels.partOf,
    'app.kubernetes.io/managed-by': 'tapline',
  };
}

/** Those that tell the pods of one component from all others in the namespace. */
export function selectorLabels(labels: AppLabels): Record<string, string> {
  return { ...instanceLabels(labels), 'app.kubernetes.io/component': labels.component };
}

/** Those that all components of an instance share. */
export function instanceLabels(labels: Pick<AppLabels, 'app' | 'instance'>): Record<string, string> {
  return { 'app.kubernetes.io/name': labels.app, 'app.kubernetes.io/instance': labels.instance };
}

/** `metadata` of a namespaced object. */
export function renderMetadata(props: ObjectProps): {
  name: string;
  namespace: string;
  labels: Record<string, string>;
} {
  return { name: props.name, namespace: props.namespace, labels: renderLabels(props.labels) };
}
