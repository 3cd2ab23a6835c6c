import { parseAllDocuments } from 'yaml';
import { renderCharts } from '../../charts/render';
import { readInput } from '../../src/output';
import { renderStacks } from '../../stacks/render';

/** A Terraform resource or a Kubernetes object, as plain data for partial assertions. */
export type Data = any;

/** What a configuration gives, in a form that is easy to ask. */
export interface Output {
  /** Arguments of a Terraform resource by its address. */
  readonly resource: (address: string) => Data;
  /** Addresses of all resources of a type. */
  readonly addresses: (type: string) => string[];
  /** The roles that a member has by grants of a type, of those with these arguments where some are given. */
  readonly rolesOf: (type: string, member: string, more?: Data) => string[];
  /** A Kubernetes object by kind and name. */
  readonly object: (kind: string, name: string) => Data;
  /** A DAG of an Airflow, as the factory reads it; each task with its pod. */
  readonly dag: (airflow: string, id: string) => Data;
  readonly objects: readonly Data[];
}

/** Synthesizes the configuration of a file that declares no environments. */
export function outputOf(file: string): Output {
  const input = readInput(file);
  const platform = input.platforms[0]!;
  const resources = new Map<string, Data>();
  for (const { path, content } of renderStacks(input, platform).files) {
    if (!path.endsWith('cdk.tf.json')) continue;
    const stack = JSON.parse(content) as { resource?: Record<string, Record<string, Data>> };
    for (const [type, named] of Object.entries(stack.resource ?? {})) {
      for (const [name, attributes] of Object.entries(named)) resources.set(`${type}.${name}`, attributes);
    }
  }
  const objects = renderCharts(input, platform)
    .files.filter(({ path }) => path.endsWith('.k8s.yaml'))
    .flatMap(({ content }) => parseAllDocuments(content).map((document) => document.toJS()));
  const found = (what: string, value: Data): Data => {
    if (value === undefined) throw new Error(`there is no ${what}`);
    return value;
  };
  const resource = (address: string) => found(address, resources.get(address));
  const addresses = (type: string) =>
    [...resources.keys()].filter((address) => address.startsWith(`${type}.`));
  return {
    resource,
    addresses,
    rolesOf: (type, member, more = {}) =>
      addresses(type)
        .map(resource)
        .filter((grant) =>
          Object.entries({ member, ...more }).every(([name, value]) => grant[name] === value),
        )
        .map(({ role }) => role as string)
        .sort(),
    object: (kind, name) =>
      found(
        `${kind} ${name}`,
        objects.find((object) => object.kind === kind && object.metadata.name === name),
      ),
    dag: (airflow, id) =>
      found(
        `DAG ${id} of ${airflow}`,
        objects
          .filter(
            ({ kind, metadata }) =>
              kind === 'ConfigMap' && metadata.name.startsWith(`airflow-${airflow}-pipelines-`),
          )
          .flatMap(({ data }) => Object.values(data as Record<string, string>))
          .map((text) => (JSON.parse(text) as { dags: Record<string, Data> }).dags[id])
          .find((one) => one !== undefined),
      ),
    objects,
  };
}
