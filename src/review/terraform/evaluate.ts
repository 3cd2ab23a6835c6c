import { textOf } from '../equal';
import { isTree, type Tree } from '../types';
import { computedOf } from './computed';
import { unknown, valueOf } from './expression';
import type { RawResource, Stack } from './stack';
import { treesOf } from './stack';
import { partsOf, type Step, traversalsIn } from './template';

/** A resource whose expressions are followed as far as that goes without a plan. */
export interface Resource extends RawResource {
  /** The arguments alone, evaluated; a reference to what Google or the provider fills in stays as `${…}`. */
  readonly values: Tree;
  /** The same with names, links and e-mails that are made of arguments put in: to compare, not to follow. */
  readonly known: () => Tree;
  /** What the provider takes for a project, a region and a zone that are not written. */
  readonly defaults: Tree;
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
  'timeouts',
]);

/** Arguments that the provider has a default for. */
const place = new Set(['project', 'region', 'zone']);

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

/** What an expression can refer to beside the stack: `each`, `count`, and how far to go. */
interface Scope {
  readonly own: Tree;
  readonly depth: number;
  /** Whether to put in what the provider makes of arguments. */
  readonly computed: boolean;
}

class Evaluation {
  private readonly defaults = new Map<string, Tree>();
  private readonly byAddress: ReadonlyMap<string, RawResource>;

  constructor(private readonly stack: Stack) {
    this.byAddress = new Map(stack.resources.map((resource) => [resource.address, resource]));
  }

  /** The defaults of the provider that a resource names, or of the one without an alias. */
  private defaultsFor({ body }: RawResource): Tree {
    const name = textOf(body.provider);
    const defaults = this.defaults.get(name) ?? this.defaultsOf(name);
    this.defaults.set(name, defaults);
    return defaults;
  }

  private defaultsOf(named: string): Tree {
    const [, alias] = /^(?:\$\{)?[\w-]+\.([\w-]+)\}?$/.exec(named) ?? [];
    const provider = treesOf(this.stack.providers.google).find((one) => one.alias === alias) ?? {};
    const scope = { own: {}, depth: 0, computed: false };
    return Object.fromEntries(
      [...place].flatMap((name) => {
        const value = this.value(provider[name] ?? undefined, scope);
        return value === undefined || holdsUnknown(value) ? [] : [[name, value]];
      }),
    );
  }

  resources(): Resource[] {
    return this.stack.resources.flatMap((resource) => this.instancesOf(resource));
  }

  private instancesOf(resource: RawResource): Resource[] {
    const keys = this.keysOf(resource);
    if (keys === undefined) return [this.instance(resource, resource.address, {})];
    return keys.map(([key, own]) =>
      this.instance(resource, `${resource.address}[${JSON.stringify(key)}]`, own),
    );
  }

  /** Keys of the instances, and what `count` or `each` stands for in them; undefined for one, or an unknown number. */
  private keysOf({
    body: { count, for_each: forEach },
  }: RawResource): readonly (readonly [Step, Tree])[] | undefined {
    const scope = { own: {}, depth: 0, computed: false };
    if (count !== undefined) {
      const number = Number(this.value(count, scope));
      return Number.isInteger(number) && number >= 0 && number < 10_000
        ? Array.from({ length: number }, (_, index) => [index, { count: { index } }] as const)
        : undefined;
    }
    if (forEach === undefined) return undefined;
    const other =
      typeof forEach === 'string' ? /^\$\{\s*([a-z]\w*_\w+\.[\w-]+)\s*\}$/.exec(forEach)?.[1] : undefined;
    const resource = other === undefined ? undefined : this.byAddress.get(other);
    if (resource !== undefined) {
      // Over the instances of another resource: its keys, and references to it as the values.
      return this.keysOf(resource)?.map(
        ([key]) =>
          [key, { each: { key, value: `\${${resource.address}[${JSON.stringify(key)}]}` } }] as const,
      );
    }
    const given = this.value(forEach, scope);
    if (Array.isArray(given)) {
      return given.map((key: unknown) => [textOf(key), { each: { key, value: key } }] as const);
    }
    return isTree(given)
      ? Object.entries(given).map(([key, value]) => [key, { each: { key, value } }] as const)
      : undefined;
  }

  private instance(resource: RawResource, address: string, own: Tree): Resource {
    const values = this.argumentsOf(resource, { own, depth: 0, computed: false });
    const [lifecycle] = treesOf(resource.body.lifecycle);
    let known: Tree | undefined;
    return {
      ...resource,
      address,
      values,
      known: () =>
        (known ??= hasReference(values)
          ? this.argumentsOf(resource, { own, depth: 0, computed: true })
          : values),
      defaults: this.defaultsFor(resource),
      lifecycle: lifecycle ?? {},
    };
  }

  private argumentsOf(resource: RawResource, scope: Scope): Tree {
    const values: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(resource.body)) {
      if (!meta.has(key) && value !== null) values[key] = this.value(value, scope);
    }
    return values;
  }

  private value(value: unknown, scope: Scope): unknown {
    if (typeof value === 'string') return value.includes('${') ? this.template(value, scope) : value;
    if (Array.isArray(value)) return value.map((item) => this.value(item, scope));
    if (!isTree(value)) return value;
    const entries = Object.entries(value).filter(([key, item]) => key !== '//' && item !== null);
    return Object.fromEntries(entries.map(([key, item]) => [key, this.value(item, scope)]));
  }

  private template(template: string, scope: Scope): unknown {
    const parts = partsOf(template);
    const [first] = parts;
    if (parts.length === 1 && first !== undefined && 'expression' in first) {
      return this.expression(first.expression, scope);
    }
    return parts
      .map((part) => {
        if ('text' in part) return part.text;
        const value = this.expression(part.expression, scope);
        return typeof value === 'object' ? `\${${part.expression}}` : textOf(value);
      })
      .join('');
  }

  private expression(expression: string, scope: Scope): unknown {
    if (scope.depth > maxDepth) return `\${${expression}}`;
    const inner = { ...scope, depth: scope.depth + 1 };
    const found = valueOf(expression, (steps) => {
      const value = this.at(steps, inner);
      return value === undefined || holdsUnknown(value) ? unknown : value;
    });
    if (found !== unknown) return found;
    // What can be known of its parts is put in, so that two ways of writing are one.
    let text = expression.replace(/\s+/g, ' ');
    for (const [key, value] of [
      ['each.key', 'each'],
      ['count.index', 'count'],
    ] as const) {
      const own = scope.own[value];
      if (isTree(own))
        text = text.split(`[${key}]`).join(`[${JSON.stringify(own[key.split('.')[1] ?? ''])}]`);
    }
    text = text.replace(
      /\bvalues\(\s*([a-z]\w*_\w+\.[\w-]+)\s*\)\[(\d+)\]/g,
      (whole, address: string, at: string) => {
        const instances = this.byAddress.get(address);
        // Terraform sorts the keys of a map.
        const key =
          instances &&
          this.keysOf(instances)
            ?.map(([one]) => one)
            .sort()[Number(at)];
        return key === undefined ? whole : `${address}[${JSON.stringify(key)}]`;
      },
    );
    for (const part of new Set(traversalsIn(text))) {
      const value = this.at(stepsIn(part), inner);
      if (value === undefined) continue;
      if (!holdsUnknown(value)) text = text === part ? text : text.split(part).join(JSON.stringify(value));
      else if (text === part) return value;
      else if (typeof value === 'string' && /^\$\{[^{}]*\}$/.test(value)) {
        text = text.split(part).join(value.slice(2, -1));
      }
    }
    return `\${${text}}`;
  }

  /** What a traversal stands for; undefined where only a plan knows. */
  private at(steps: readonly Step[], scope: Scope): unknown {
    const [first, second, ...rest] = steps;
    if (first === 'local') return this.within(this.stack.locals[String(second)], rest, scope);
    if (first === 'var') {
      const [variable] = treesOf(this.stack.variables[String(second)]);
      return this.within(variable?.default, rest, scope);
    }
    if (first === 'each' || first === 'count') {
      const own = scope.own[first];
      return isTree(own) ? this.within(own[String(second)], rest, scope) : undefined;
    }
    const resource = this.byAddress.get(`${String(first)}.${String(second)}`);
    if (resource === undefined || rest.length === 0) return undefined;
    const { count, for_each: forEach } = resource.body;
    const path =
      count !== undefined || forEach !== undefined || typeof rest[0] === 'number' ? rest.slice(1) : rest;
    const own =
      count !== undefined
        ? { count: { index: rest[0] } }
        : forEach === undefined
          ? {}
          : (this.keysOf(resource)?.find(([key]) => key === rest[0])?.[1] ?? {});
    const instance = { ...scope, own };
    const found = this.within(resource.body, path, instance);
    if (typeof found === 'object') return undefined;
    if (found !== undefined || !scope.computed || path.length !== 1) return found;
    return computedOf(resource.type, String(path[0]), (name) => this.argument(resource, name, instance));
  }

  /** An argument as a text, or the provider's default for it; undefined where it is not known. */
  private argument(resource: RawResource, name: string, scope: Scope): string | undefined {
    const written = this.value(resource.body[name] ?? undefined, scope);
    const value = written ?? this.defaultsFor(resource)[name];
    // What only the environment knows is no more than a part of an id.
    if (typeof value === 'string' && !/\$\{(?!provider\.)/.test(value)) return value;
    // The environment of Terraform may say it.
    return written === undefined && place.has(name) ? `\${provider.${name}}` : undefined;
  }

  private within(value: unknown, steps: readonly Step[], scope: Scope): unknown {
    if (value === undefined || value === null) return undefined;
    const [step, ...rest] = steps;
    if (step === undefined) return this.value(value, scope);
    const known = typeof value === 'string' ? this.value(value, scope) : value;
    if (typeof known === 'string') {
      // A reference to a whole resource, of which an attribute is meant.
      const whole = /^\$\{\s*([^{}]+?)\s*\}$/.exec(known)?.[1];
      if (whole === undefined || scope.depth > maxDepth) return undefined;
      return this.expression(`${whole}${steps.map(written).join('')}`, { ...scope, depth: scope.depth + 1 });
    }
    if (Array.isArray(known)) return this.within(known[Number(step)], rest, scope);
    if (!isTree(known)) return undefined;
    // One block may be written without its list.
    if (step === 0 && !('0' in known)) return this.within(known, rest, scope);
    return this.within(known[String(step)], rest, scope);
  }
}

function written(step: Step): string {
  return typeof step === 'number' ? `[${String(step)}]` : `.${step}`;
}

function stepsIn(traversal: string): Step[] {
  const found = traversal.matchAll(/([A-Za-z_0-9][\w-]*)|\[\s*(?:(\d+)|"([^"]*)")\s*\]/g);
  return [...found].map(([, name, index, key]) =>
    index === undefined ? (name ?? key ?? '') : Number(index),
  );
}

function hasReference(value: unknown): boolean {
  return JSON.stringify(value).includes('${');
}

function holdsUnknown(value: unknown): boolean {
  return typeof value === 'object' ? hasReference(value) : typeof value === 'string' && value.includes('${');
}
