import { isTree } from '../types';
import { partsOf, traversalsIn } from './template';

/** A reference that only a plan can follow. */
export interface Reference {
  /** `google_compute_network.main`, `google_compute_network.main["a"]`. */
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
  const [, address = '', key = '', rest = ''] =
    /^([A-Za-z]\w*_\w+\.[\w-]+)(\[\s*(?:\d+|"[^"]*")\s*\])?(.*)$/.exec(traversal) ?? [];
  if (address === '') return [];
  const attribute = /[A-Za-z_][\w-]*/.exec(rest.replace(/\["[^"]*"\]/g, ''))?.[0] ?? '';
  return [{ address: `${address}${key.replace(/\s/g, '')}`, attribute }];
}
