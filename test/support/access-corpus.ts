import type { State } from './access-sides';

type Body = Readonly<Record<string, unknown>>;

/** Resources by type and name, or objects; with what a reader must be told of the difference. */
export interface AccessPair {
  readonly name: string;
  readonly before: Body | readonly Body[];
  readonly after: Body | readonly Body[];
  /** Part of the principal, part of the resource, the verdict: these rows and no others. */
  readonly rows: readonly (readonly [string, string, string])[];
}

/** `@data`, `@module` and `@moved` stand beside the resources. */
export function stateOf(content: AccessPair['before']): State {
  if (Array.isArray(content)) return { objects: content as readonly Body[] };
  const entries = Object.entries(content as Body);
  const blocks = entries.flatMap(([key, value]) => (key.startsWith('@') ? [[key.slice(1), value]] : []));
  return {
    terraform: {
      ...(Object.fromEntries(blocks) as Body),
      resource: Object.fromEntries(entries.filter(([key]) => !key.startsWith('@'))),
    },
  };
}
