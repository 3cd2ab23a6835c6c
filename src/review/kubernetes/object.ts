import { isTree, type Tree } from '../types';

/** An object of a manifest. */
export interface KubernetesObject {
  /** `apps/v1/Deployment/gitlab/scheduler`; nothing between the slashes where it has no namespace. */
  readonly address: string;
  /** What it is to the API server, whatever version it is written in. */
  readonly identity: string;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly body: Tree;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** The objects of a document: a list of kubectl is its items; nothing where it is no object. */
export function objectsOf(value: unknown, file: string, line: number): readonly KubernetesObject[] {
  if (!isTree(value) || typeof value.kind !== 'string' || typeof value.apiVersion !== 'string') return [];
  if (value.kind.endsWith('List') && Array.isArray(value.items)) {
    return value.items.flatMap((item) => objectsOf(item, file, line));
  }
  const metadata = isTree(value.metadata) ? value.metadata : {};
  const text = (part: unknown) => (typeof part === 'string' || typeof part === 'number' ? String(part) : '');
  const [namespace, name] = [text(metadata.namespace), text(metadata.name)];
  // Only the server knows what a generated name will be.
  if (name === '') return [];
  const group = value.apiVersion.includes('/') ? (value.apiVersion.split('/')[0] ?? '') : '';
  return [
    {
      address: `${value.apiVersion}/${value.kind}/${namespace}/${name}`,
      identity: `${group}/${value.kind}/${namespace}/${name}`,
      group,
      kind: value.kind,
      namespace,
      name,
      body: value,
      file,
      line,
    },
  ];
}
