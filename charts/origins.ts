import type { Construct } from 'constructs';
import type { ConfigPath } from '../src/config/problem';

/** Kept beside the constructs, which know nothing of configurations. */
const origins = new WeakMap<object, ConfigPath>();

/** Notes which part of the configuration asked for a construct and all below it. */
export function tagOrigin<T extends Construct>(construct: T, origin: ConfigPath): T {
  origins.set(construct, origin);
  return construct;
}

/** The origin of a construct, or that of the nearest construct above that has one; the whole file otherwise. */
export function originOf(construct: Construct): ConfigPath {
  const tagged = [...construct.node.scopes].reverse().find((scope) => origins.has(scope));
  return (tagged === undefined ? undefined : origins.get(tagged)) ?? [];
}
