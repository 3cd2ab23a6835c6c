import type { KubernetesObject, Resource, TerraformResource, Tree } from './types';
import type { OutputDocument } from '../output/synthesized';
import { isTree, textOf, valueAt } from './tree';

const reference = /^\$\{\s*([\w.[\]"-]+)\s*\}$/;

/**
 * Everything that was synthesized for one platform, and what refers to what in it, within and across the stacks.
 */
export class Context {
  readonly resources: readonly Resource[];
  private readonly byType = new Map<string, Resource[]>();
  private readonly byAddress = new Map<string, TerraformResource[]>();
  private readonly byName = new Map<string, ReadonlyMap<string, TerraformResource>>();
  private readonly values = new Map<string, Tree>();
  private readonly stateBuckets = new Set<string>();
  private firstUnits: ReadonlySet<string> | undefined;

  constructor(
    documents: readonly OutputDocument[],
    /** Whether people depend on the platform; undefined where nobody said. */
    readonly production?: boolean | undefined,
  ) {
    this.resources = documents.flatMap((document) => this.read(document));
    for (const resource of this.resources) {
      const same = this.byType.get(resource.type);
      if (same === undefined) this.byType.set(resource.type, [resource]);
      else same.push(resource);
      if (resource.kind !== 'terraform') continue;
      this.byAddress.set(resource.address, [...(this.byAddress.get(resource.address) ?? []), resource]);
    }
  }

  /** All resources of a Terraform type. */
  terraform(type: string): readonly TerraformResource[] {
    return (this.byType.get(type) ?? []).filter((one) => one.kind === 'terraform');
  }

  /** All objects of a kind. */
  objects(kind: string): readonly KubernetesObject[] {
    return (this.byType.get(kind) ?? []).filter((one) => one.kind === 'kubernetes');
  }

  /**
   * What an expression stands for: a local value, the default of a variable, or an attribute that another resource
   * sets. An expression that cannot be followed stays as it is.
   */
  resolve(value: unknown, unit: string, depth = 0): unknown {
    const path = typeof value === 'string' ? reference.exec(value)?.[1] : undefined;
    if (path === undefined || depth > 8) return value;
    const parts = path.split('.');
    const [first = '', second = '', ...rest] = parts;
    const found =
      first === 'local'
        ? this.values.get(`${unit} locals`)?.[second]
        : first === 'var'
          ? this.values.get(`${unit} variables`)?.[second]
          : rest.length === 1
            ? this.at(`${first}.${second}`, unit)?.body[rest[0] ?? '']
            : undefined;
    return found === undefined ? value : this.resolve(found, unit, depth + 1);
  }

  /**
   * The resource of a type that a value names: by a reference, or by its name or the last part of its link, in this
   * stack or in another.
   */
  target(value: unknown, type: string, unit: string): TerraformResource | undefined {
    const text = textOf(value);
    const path = reference.exec(text)?.[1];
    if (path?.startsWith(`${type}.`) === true) {
      return this.at(path.split('.').slice(0, 2).join('.'), unit);
    }
    const name = textOf(this.resolve(value, unit)).split('/').at(-1);
    if (name === undefined || name === '') return undefined;
    return this.named(type).get(name);
  }

  /** The first resource of each name of a type. */
  private named(type: string): ReadonlyMap<string, TerraformResource> {
    const known = this.byName.get(type);
    if (known !== undefined) return known;
    const names = new Map<string, TerraformResource>();
    for (const one of this.terraform(type)) {
      const name = textOf(this.resolve(one.body.name, one.unit));
      if (!names.has(name)) names.set(name, one);
    }
    this.byName.set(type, names);
    return names;
  }

  /**
   * Whether a unit makes the bucket in which others keep their state: it is deployed before everything else, and cannot
   * use what they make.
   */
  isFirst(unit: string): boolean {
    this.firstUnits ??= new Set(
      this.terraform('google_storage_bucket')
        .filter(({ body }) => this.stateBuckets.has(textOf(body.name)))
        .map((bucket) => bucket.unit),
    );
    return this.firstUnits.has(unit);
  }

  private at(address: string, unit: string): TerraformResource | undefined {
    const all = this.byAddress.get(address) ?? [];
    return all.find((one) => one.unit === unit) ?? all[0];
  }

  private read({ unit, file, value }: OutputDocument): Resource[] {
    if (!isTree(value)) return [];
    if (typeof value.kind === 'string' && typeof value.apiVersion === 'string') {
      return objectsOf(value).map((object) => kubernetesObject(object, unit, file));
    }
    this.stateBuckets.add(textOf(valueAt(value.terraform, 'backend.gcs.bucket')));
    if (isTree(value.locals)) this.values.set(`${unit} locals`, value.locals);
    if (isTree(value.variable)) {
      const defaults = Object.entries(value.variable).flatMap(([name, variable]) =>
        isTree(variable) && variable.default !== undefined ? [[name, variable.default] as const] : [],
      );
      this.values.set(`${unit} variables`, Object.fromEntries(defaults));
    }
    return [
      ...resourcesOf(value.resource, '', unit, file),
      ...resourcesOf(value.ephemeral, 'ephemeral.', unit, file),
    ];
  }
}

/** A list of kubectl is its items. */
function objectsOf(object: Tree): Tree[] {
  if (object.kind !== 'List') return [object];
  return Array.isArray(object.items) ? object.items.filter(isTree).flatMap(objectsOf) : [];
}

function kubernetesObject(body: Tree, unit: string, file: string): KubernetesObject {
  const metadata = isTree(body.metadata) ? body.metadata : {};
  const [apiVersion, type] = [textOf(body.apiVersion), textOf(body.kind)];
  const [namespace, name] = [textOf(metadata.namespace), textOf(metadata.name)];
  const address = [apiVersion, type, namespace, name].join('/');
  return { kind: 'kubernetes', address, unit, file, body, type, apiVersion, name, namespace };
}

function resourcesOf(section: unknown, prefix: string, unit: string, file: string): TerraformResource[] {
  if (!isTree(section)) return [];
  return Object.entries(section).flatMap(([type, named]) =>
    !isTree(named)
      ? []
      : Object.entries(named).flatMap(([name, body]): TerraformResource[] =>
          isTree(body)
            ? [
                {
                  kind: 'terraform',
                  address: `${prefix}${type}.${name}`,
                  unit,
                  file,
                  body,
                  type: prefix + type,
                  name,
                },
              ]
            : [],
        ),
  );
}
