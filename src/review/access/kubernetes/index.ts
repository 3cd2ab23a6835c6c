import { canonical } from '../../equal';
import type { KubernetesObject } from '../../kubernetes/object';
import type { AccessChange } from '../../types';
import { isUnreadKind } from '../google/unread';
import { comparePermits } from '../permits';
import { exposureKinds, guards, openingsOf } from './exposure';
import { Objects, podOf, workloadKinds } from './objects';
import { privilegesOf } from './privileges';
import { compareRbac, rbacKinds } from './rbac';
import { compareReach } from './reach';

/** What changed in a cluster, and what stands beside it unchanged. */
export interface KubernetesSides {
  readonly before: readonly KubernetesObject[];
  readonly after: readonly KubernetesObject[];
  /** Objects of these kinds that are the same on both sides. */
  readonly unchanged: (kinds: readonly string[]) => readonly KubernetesObject[];
  /** Whether an object of a kind stands unchanged; costs next to nothing. */
  readonly holds: (kind: string) => boolean;
}

/** Who may do more or less in a cluster. */
export function kubernetesAccess(sides: KubernetesSides): readonly AccessChange[] {
  const pairs = pairsOf(sides);
  if (pairs.length === 0) return [];
  const kinds = new Set(pairs.map(({ before, after }) => (after ?? before)?.kind ?? ''));
  const both = (others: readonly string[]) => {
    const same = sides.unchanged(others);
    return [new Objects([...sides.before, ...same]), new Objects([...sides.after, ...same])] as const;
  };
  return [
    ...(rbacKinds.some((kind) => kinds.has(kind)) ? compareRbac(...both(rbacKinds)) : []),
    ...(mayMoveReach(pairs, kinds, sides)
      ? compareReach(...both(['NetworkPolicy', 'Namespace', ...workloadKinds]))
      : []),
    ...pairs.flatMap(openings),
    ...pairs.flatMap(unread),
  ];
}

interface ObjectPair {
  readonly before: KubernetesObject | undefined;
  readonly after: KubernetesObject | undefined;
}

function pairsOf({ before, after }: KubernetesSides): ObjectPair[] {
  const old = new Map(before.map((object) => [object.identity, object]));
  const now = new Map(after.map((object) => [object.identity, object]));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((identity) => {
    const pair = { before: old.get(identity), after: now.get(identity) };
    return pair.before !== undefined && pair.after !== undefined && sameForAccess(pair.before, pair.after)
      ? []
      : [pair];
  });
}

function sameForAccess(one: KubernetesObject, other: KubernetesObject): boolean {
  return one.body === other.body || canonical(one.body) === canonical(other.body);
}

/** Policies, and labels of pods and namespaces where policies stand. */
function mayMoveReach(
  pairs: readonly ObjectPair[],
  kinds: ReadonlySet<string>,
  sides: KubernetesSides,
): boolean {
  if (kinds.has('NetworkPolicy')) return true;
  const isMoved = pairs.some(({ before, after }) => {
    if (before === undefined || after === undefined) return false;
    if (after.kind === 'Namespace') {
      return canonical(metadataLabels(before)) !== canonical(metadataLabels(after));
    }
    return canonical(podOf(before)?.labels) !== canonical(podOf(after)?.labels);
  });
  return isMoved && sides.holds('NetworkPolicy');
}

function metadataLabels({ body }: KubernetesObject): unknown {
  return (body.metadata as { labels?: unknown } | undefined)?.labels;
}

function openings({ before, after }: ObjectPair): AccessChange[] {
  const object = after ?? before;
  if (object === undefined) return [];
  if (workloadKinds.includes(object.kind)) return ofWorkload({ before, after });
  if (!exposureKinds.includes(object.kind)) return [];
  // A new namespace or account lets nobody do anything yet.
  const isQuiet = object.kind === 'Namespace';
  if (isQuiet && (before === undefined || after === undefined)) return [];
  const of = (one: KubernetesObject | undefined) =>
    one === undefined
      ? []
      : openingsOf(one).filter(
          ({ what }) => (before !== undefined && after !== undefined) || what !== 'get its token',
        );
  const rows = comparePermits(of(before), of(after));
  return [...rows, ...(rows.length === 0 ? guarded({ before, after }) : [])];
}

/** Of a workload that comes, only what reaches beyond its pods is told: what it may do inside them is its own matter. */
function ofWorkload({ before, after }: ObjectPair): AccessChange[] {
  const beyond =
    /^(host|files of the node|port )|: (everything on the node|capability|all of \/proc|without AppArmor)/;
  const isWhole = before !== undefined && after !== undefined;
  const of = (object: KubernetesObject | undefined) =>
    object === undefined ? [] : privilegesOf(object).filter(({ what }) => isWhole || beyond.test(what));
  return comparePermits(of(before), of(after));
}

function guarded({ before, after }: ObjectPair): AccessChange[] {
  if (before === undefined || after === undefined) return [];
  const [was, is] = [guards(before.body), guards(after.body)];
  if (was === is) return [];
  return [
    {
      principal: 'whoever reaches it',
      resource: after.address,
      verdict: 'unknown',
      before: [was],
      after: [is],
    },
  ];
}

function unread({ before, after }: ObjectPair): AccessChange[] {
  const object = after ?? before;
  if (object === undefined || !isUnreadKind(object.kind)) return [];
  const core = ['', 'networking.k8s.io', 'apps', 'batch'];
  if (core.includes(object.group) && !object.kind.endsWith('Class')) return [];
  return [
    {
      principal: 'whoever it is about',
      resource: object.address,
      verdict: 'unknown',
      before: before === undefined ? [] : ['as it was'],
      after: after === undefined ? [] : ['as it is written now'],
    },
  ];
}
