import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifests } from '../../src/config';
import type { OutputDocument } from '../../src/output';
import { Context, type Resource } from '../../src/policy';
import { gone } from './break';

const folder = join(__dirname, 'fixtures/compliant');

const read = (name: string) => readFileSync(join(folder, name), 'utf8');

/** A small platform that every rule accepts; of it, each rule judges something. */
export function compliantDocuments(): OutputDocument[] {
  return structuredClone([...compliant]);
}

const compliant: readonly OutputDocument[] = readdirSync(folder)
  .sort()
  .flatMap((file): OutputDocument[] =>
    file.endsWith('.json')
      ? [{ unit: 'stacks/all', file, value: JSON.parse(read(file)) as unknown }]
      : parseManifests(read(file)).map((value) => ({ unit: 'platform', file, value })),
  );

/** The resource of an address, which must exist. */
export function resourceAt(context: Context, address: string): Resource {
  const found = context.resources.find((resource) => resource.address === address);
  if (found === undefined) throw new Error(`there is no ${address}`);
  return found;
}

/** Changes one value of a resource in place; `gone` takes it away. */
export function change(body: unknown, path: string | readonly string[], value: unknown): void {
  const parts = typeof path === 'string' ? path.split('.') : [...path];
  const last = parts.pop()!;
  let holder = body as Record<string, unknown>;
  for (const part of parts) holder = (holder[part] ??= {}) as Record<string, unknown>;
  if (value === gone) Reflect.deleteProperty(holder, last);
  else holder[last] = value;
}

/** A context of one Terraform document, by types and names. */
export function terraform(resource: unknown, rest: Record<string, unknown> = {}): Context {
  return new Context([{ unit: 'stacks/x', file: 'x.tf.json', value: { resource, ...rest } }]);
}

/** A context of objects of one cluster. */
export function cluster(...objects: unknown[]): Context {
  return new Context(objects.map((value) => ({ unit: 'platform', file: 'x.yaml', value })));
}
