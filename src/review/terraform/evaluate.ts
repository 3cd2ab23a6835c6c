import { isTree, type Tree } from '../types';
import type { RawResource, Stack } from './stack';
import { treesOf } from './stack';
import { partsOf, type Step, stepsOf, traversalsIn } from './template';

/** A resource whose expressions are followed as far as that goes without a plan. */
export interface Resource extends RawResource {
  /** The arguments alone, evaluated; what only a plan knows stays as `${…}`. */
  readonly values: Tree;
  /** Arguments that are not sent to the provider. */
  readonly lifecycle: Tree;
}

/** Arguments of Terraform itself. */
const meta = new Set([
  '//',
  'count',
  'for_each',
  'depends_on',
  'provider',
  'lifecycle',
  'provisioner',
  'connection',
]);

/** More steps than this are a circle. */
const maxDepth = 24;

/**
 * The resources of a stack with locals, defaults of variables, and attributes of other resources put in, each instance
 * of `count` and `for_each` for itself where their number is known: so that a value that was moved into a local, or
 * written out, is no change.
 */
export function evaluate(stack: Stack): readonly Resource[] {
  return new Evaluation(stack).resources();
}

class Evaluation {
  private readonly byAddress: ReadonlyMap<string, RawResource>;

  constructor(private readonly stack: Stack) {
    this.byAddress = new Map(stack.resources.map((resource) => [resource.address, resource]));
  }

  resources(): Resource[] {
    return this.stack.resources.flatMap((resource) => this.instancesOf(resource));
  }

  private instancesOf(resource: RawResource): Resource[] {
    const { count, for_each: forEach } = resource.body;
    if (count !== undefined) {
      const number = Number(this.value(count, {}, 0));
      if (Number.isInteger(number) && number >= 0 && number < 10_000) {
        return Array.from({ length: number }, (_, index) =>
          this.instance(resource, `${resource.address}[${String(index)}]`, { 'count.index': index }),
        );
      }
    }
    if (forEach !== undefined) {
      const given = this.value(forEach, {}, 0);
      const entries = Array.isArray(given)
        ? given.map((key) => [String(key), key] as const)
        : isTree(given)
          ? Object.entries(given)
          : undefined;
      if (entries !== undefined) {
        return entries.map(([key, value]) =>
          this.instance(resource, `${resource.address}[${JSON.stringify(key)}]`, {
            'each.key': key,
            'each.value': value,
          }),
        );
      }
    }
    return [this.instance(resource, resource.address, {})];
  }

  private instance(resource: RawResource, address: string, own: Tree): Resource {
    const values: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(resource.body)) {
      if (!meta.has(key) && value !== null) values[key] = this.value(value, own, 0);
    }
    const [lifecycle] = treesOf(resource.body.lifecycle);
    return { ...resource, address, values, lifecycle: lifecycle ?? {} };
  }

  private value(value: unknown, own: Tree, depth: number): unknown {
    if (typeof value === 'string') return value.includes('${') ? this.template(value, own, depth) : value;
    if (Array.isArray(value)) return value.map((item) => this.value(item, own, depth));
    if (!isTree(value)) return value;
    const entries = Object.entries(value).filter(([key, item]) => key !== '//' && item !== null);
    return Object.fromEntries(entries.map(([key, item]) => [key, this.value(item, own, depth)]));
  }

  private template(template: string, own: Tree, depth: number): unknown {
    const parts = partsOf(template);
    const [first] = parts;
    if (parts.length === 1 && first !== undefined && 'expression' in first) {
      return this.expression(first.expression, own, depth);
    }
    return parts
      .map((part) => {
        if ('text' in part) return part.text;
        const value = this.expression(part.expression, own, depth);
        return typeof value === 'object' ? `\${${part.expression}}` : String(value);
      })
      .join('');
  }

  private expression(expression: string, own: Tree, depth: number): unknown {
    if (/^-?\d+(\.\d+)?$|^(true|false)$/.test(expression)) return JSON.parse(expression) as unknown;
    const steps = stepsOf(expression);
    if (steps !== undefined) {
      const found = depth > maxDepth ? undefined : this.at(steps, own, depth + 1);
      return found ?? `\${${expression}}`;
    }
    // A function or a condition: what can be known of its arguments is put in, so that two ways of writing are one.
    let text = expression.replace(/\s+/g, ' ');
    for (const part of new Set(traversalsIn(expression))) {
      const inner = stepsOf(part);
      const found = inner === undefined || depth > maxDepth ? undefined : this.at(inner, own, depth + 1);
      if (found !== undefined && !(typeof found === 'string' && found.includes('${'))) {
        text = text.split(part).join(JSON.stringify(found));
      }
    }
    return `\${${text}}`;
  }

  /** What a traversal stands for; undefined where only a plan knows. */
  private at(steps: readonly Step[], own: Tree, depth: number): unknown {
    const [first, second, ...rest] = steps;
    const name = `${String(first)}.${String(second)}`;
    if (first === 'local') return this.within(this.stack.locals[String(second)], rest, own, depth);
    if (first === 'var') {
      const [variable] = treesOf(this.stack.variables[String(second)]);
      return this.within(variable?.default, rest, own, depth);
    }
    if (first === 'each' || first === 'count') return this.within(own[name], rest, own, depth);
    const resource = this.byAddress.get(name);
    if (resource === undefined || rest.length === 0) return undefined;
    const path = typeof rest[0] === 'number' || resource.body.for_each !== undefined ? rest.slice(1) : rest;
    const instance = resource.body.count !== undefined ? { 'count.index': rest[0] } : { 'each.key': rest[0] };
    const found = this.within(resource.body, path, instance, depth);
    return typeof found === 'object' ? undefined : found;
  }

  private within(value: unknown, steps: readonly Step[], own: Tree, depth: number): unknown {
    if (value === undefined || value === null) return undefined;
    const [step, ...rest] = steps;
    if (step === undefined) return this.value(value, own, depth);
    const known = typeof value === 'string' ? this.value(value, own, depth) : value;
    if (Array.isArray(known)) return this.within(known[Number(step)], rest, own, depth);
    if (!isTree(known)) return undefined;
    // One block may be written without its list.
    if (step === 0 && !('0' in known)) return this.within(known, rest, own, depth);
    return this.within(known[String(step)], rest, own, depth);
  }
}

/** A reference that only a plan can follow. */
export interface Reference {
  /** `google_compute_network.main`. */
  readonly address: string;
  /** `id`, `endpoint`; empty where the whole resource is meant. */
  readonly attribute: string;
}

/** What an evaluated value refers to and does not know. */
export function referencesIn(value: unknown): readonly Reference[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (isTree(value)) return Object.values(value).flatMap(referencesIn);
  if (typeof value !== 'string' || !value.includes('${')) return [];
  return partsOf(value).flatMap((part) =>
    'expression' in part ? traversalsIn(part.expression).flatMap(referenceFrom) : [],
  );
}

/** The resource and the attribute that a traversal names; nothing for locals, variables and data sources. */
export function referenceFrom(traversal: string): Reference[] {
  const [type = '', name, ...rest] = stepsOf(traversal) ?? [];
  if (typeof type !== 'string' || !type.includes('_') || name === undefined) return [];
  const attribute = rest.find((step) => typeof step === 'string') ?? '';
  return [{ address: `${type}.${String(name)}`, attribute: String(attribute) }];
}
