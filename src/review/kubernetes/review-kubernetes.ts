import { canonical } from '../equal';
import { onlyDifferent } from '../input/different';
import { parseManifest } from '../input/manifests';
import type { TextDocument } from '../input/texts';
import { masked } from '../mask';
import type { KubernetesSides } from '../access/kubernetes';
import type { Change, Diagnostic, PathChange, Severity, Source, Tree } from '../types';
import { compareObjects, type FieldDifference } from './compare';
import { explainObject } from './explain-object';
import { isImmutable, refusedFields } from './immutable';
import type { KubernetesObject } from './object';
import { prepared } from './prepared';
import { pairRenamed } from './renamed';

export interface KubernetesReview {
  readonly changes: readonly Change[];
  readonly diagnostics: readonly Diagnostic[];
  /** What to compare access by: what differs, and on demand what does not. */
  readonly sides: KubernetesSides;
}

/** Kinds whose loss is the loss of data. */
const holdsData = new Set([
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StatefulSet',
  'Namespace',
  'CustomResourceDefinition',
  'Secret',
]);

/**
 * What becomes of the objects of one cluster. Documents that are equal in text are neither parsed nor looked at, which
 * is what makes ten thousand objects quick.
 */
export function reviewKubernetes(
  before: readonly TextDocument[],
  after: readonly TextDocument[],
  sourceOf: (address: string, side: 'before' | 'after') => Source | null,
  /** Files that were not even read. */
  unread: { readonly before: readonly string[]; readonly after: readonly string[] } = {
    before: [],
    after: [],
  },
): KubernetesReview {
  const [old, now] = onlyDifferent(before, after);
  const [base, head] = [read(old, unread.before), read(now, unread.after)];
  const byIdentity = new Map(base.objects.map((object) => [object.identity, object]));
  const heads = new Set(head.objects.map(({ identity }) => identity));
  const gone = base.objects.filter(({ identity }) => !heads.has(identity));
  const come = head.objects.filter(({ identity }) => !byIdentity.has(identity));
  const renamed = pairRenamed(gone, come);
  const renames = new Map([...renamed].map(([to, from]) => [from.name, to.name]));
  const follow = renames.size === 0 ? (tree: Tree) => tree : (tree: Tree) => renameAll(tree, renames);
  const taken = new Set(renamed.values());
  const classOf = storageClasses(after);
  const changes = [
    ...head.objects.flatMap((object) => {
      const previous = byIdentity.get(object.identity) ?? renamed.get(object);
      if (previous !== undefined) return compared(previous, object, follow, classOf, sourceOf);
      return isHidden(object, base.broken, before) ? [] : [whole('create', object, sourceOf)];
    }),
    ...gone.flatMap((object) =>
      taken.has(object) || isHidden(object, head.broken, after) ? [] : [whole('delete', object, sourceOf)],
    ),
  ];
  return {
    changes,
    diagnostics: [...base.diagnostics, ...head.diagnostics],
    sides: { before: base.objects, after: head.objects, ...unchangedIn(after, now, head.objects) },
  };
}

/** Objects that are the same on both sides are read only where somebody asks for their kind. */
function unchangedIn(
  after: readonly TextDocument[],
  different: readonly TextDocument[],
  parsed: readonly KubernetesObject[],
): Pick<KubernetesSides, 'unchanged' | 'holds'> {
  const taken = new Set(different);
  const same = after.filter((document) => !taken.has(document));
  const mentioning = (kinds: readonly string[]) => {
    const pattern = new RegExp(`kind["']?\\s*:\\s*["']?(${kinds.join('|')}|\\w*List)\\b`);
    return same.filter(({ text }) => pattern.test(text));
  };
  return {
    unchanged: (kinds) => {
      const wanted = new Set(kinds);
      return read(mentioning(kinds)).objects.filter(({ kind }) => wanted.has(kind));
    },
    // What was parsed need not differ.
    holds: (kind) => parsed.some((object) => object.kind === kind) || mentioning([kind]).length > 0,
  };
}

/** The storage classes of a side, looked for once somebody asks: they are among what was not parsed. */
function storageClasses(documents: readonly TextDocument[]): (name: string) => Tree | undefined {
  let found: ReadonlyMap<string, Tree> | undefined;
  return (name) => {
    found ??= new Map(
      read(documents.filter(({ text }) => text.includes('StorageClass')))
        .objects.filter(({ kind }) => kind === 'StorageClass')
        .map((object) => [object.name, object.body]),
    );
    return found.get(name);
  };
}

interface ReadObjects {
  readonly objects: readonly KubernetesObject[];
  /** Files of which something could not be read. */
  readonly broken: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Whether an object that one side lacks may stand there all the same, in what could not be read: in its own file, or,
 * where that is not there, in any.
 */
function isHidden(
  { file }: KubernetesObject,
  broken: ReadonlySet<string>,
  documents: readonly TextDocument[],
): boolean {
  return broken.size > 0 && (broken.has(file) || !documents.some((document) => document.file === file));
}

function read(documents: readonly TextDocument[], unread: readonly string[] = []): ReadObjects {
  const objects = new Map<string, KubernetesObject>();
  const diagnostics: Diagnostic[] = [];
  const broken = new Set(unread);
  for (const document of documents) {
    const parsed = parseManifest(document);
    diagnostics.push(...parsed.diagnostics);
    if (parsed.diagnostics.some(({ level }) => level === 'error')) broken.add(document.file);
    for (const object of parsed.objects) {
      const first = objects.get(object.identity);
      if (first === undefined) objects.set(object.identity, object);
      else {
        diagnostics.push({
          level: 'warning',
          file: object.file,
          line: object.line,
          message: `${object.address} stands here again, after ${first.file}:${String(first.line)}; whichever is applied last wins, and this is the one that is reviewed`,
        });
        objects.set(object.identity, object);
      }
    }
  }
  return { objects: [...objects.values()], broken, diagnostics };
}

function compared(
  before: KubernetesObject,
  after: KubernetesObject,
  follow: (tree: Tree) => Tree,
  classOf: (name: string) => Tree | undefined,
  sourceOf: (address: string, side: 'before' | 'after') => Source | null,
): Change[] {
  const [old, now] = [follow(prepared(before)), prepared(after)];
  const moved = before.identity !== after.identity;
  const { group, kind } = after;
  const differences = compareObjects(group, old, now, (field) => isImmutable(group, kind, field)).filter(
    ({ field }) => field !== 'apiVersion' && !(moved && field === 'metadata.name'),
  );
  if (differences.length === 0) return [];
  const forcedBy = moved ? [] : refusedFields(group, kind, differences, old, now, classOf);
  const action = forcedBy.length > 0 ? 'replace' : 'update';
  const change = {
    system: 'kubernetes' as const,
    stack: null,
    address: after.address,
    previousAddress: before.address === after.address ? null : before.address,
    action,
    confidence: 'certain' as const,
    forcedBy,
    paths: differences.map((difference) => shown(after, difference)),
    drift: false,
    source: sourceOf(after.address, 'after'),
  } satisfies Partial<Change>;
  const severity: Severity =
    action === 'replace' ? (holdsData.has(after.kind) ? 'danger' : 'warning') : 'info';
  return [{ ...change, severity, explanation: explainObject(action, after, forcedBy) }];
}

function whole(
  action: 'create' | 'delete',
  object: KubernetesObject,
  sourceOf: (address: string, side: 'before' | 'after') => Source | null,
): Change {
  const known = new Set(['apiVersion', 'kind', 'metadata', 'status']);
  const paths = Object.entries(object.body).flatMap(([field, value]) =>
    known.has(field) || value === null
      ? []
      : [
          shown(object, {
            path: field,
            field,
            ...(action === 'create'
              ? { before: undefined, after: value }
              : { before: value, after: undefined }),
          }),
        ],
  );
  return {
    system: 'kubernetes',
    stack: null,
    address: object.address,
    previousAddress: null,
    action,
    confidence: 'certain',
    forcedBy: [],
    paths,
    severity: action === 'create' ? 'info' : holdsData.has(object.kind) ? 'danger' : 'warning',
    explanation: explainObject(action, object, []),
    drift: false,
    source: sourceOf(object.address, action === 'create' ? 'after' : 'before'),
  };
}

function shown(object: KubernetesObject, { path, field, before, after }: FieldDifference): PathChange {
  const secret = object.kind === 'Secret' && object.group === '' && /^(data|stringData)(\.|$)/.test(field);
  return { path, ...masked(path, before, after, secret) };
}

/** The names of what was renamed by its own contents, put in wherever they stand. */
function renameAll(tree: Tree, renames: ReadonlyMap<string, string>): Tree {
  return JSON.parse(
    JSON.stringify(tree, (_, value: unknown) =>
      typeof value === 'string' ? (renames.get(value) ?? value) : value,
    ),
  ) as Tree;
}

export function sameBody(one: KubernetesObject, other: KubernetesObject): boolean {
  return canonical(one.body) === canonical(other.body);
}
