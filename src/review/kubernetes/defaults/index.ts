import type { FieldType } from '../schema';
import { withoutPointer } from '../schema';
import { cluster } from './cluster';
import type { Defaults, Place } from './default';
import { pods } from './pods';
import { workloads } from './workloads';

const all: Defaults = { ...pods, ...workloads, ...cluster };

/** What the API server puts in the place of a missing field of an object of a type; undefined for nothing. */
export function defaultOf(type: FieldType | undefined, key: string, place: Place): unknown {
  const fields = defaultsOf(type);
  if (fields === undefined || !Object.hasOwn(fields, key)) return undefined;
  const value = fields[key];
  return typeof value === 'function' ? value(place) : value;
}

/** The fields of a type that have one. */
export function defaultsOf(type: FieldType | undefined): Defaults[string] | undefined {
  const plain = withoutPointer(type);
  return plain?.startsWith('@') === true ? all[plain.slice(1)] : undefined;
}
