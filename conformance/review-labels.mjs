// What a real API server makes of a pair of manifests: applies the base, then the head, by server-side apply, and compares
// what is stored before and after.
import { parseAllDocuments } from 'yaml';

/** A pair that says nothing of a change: the server refuses it for what it is, or does not know the kind. */
export class Unlabelled extends Error {
  constructor(message, kind) {
    super(message);
    this.kind = kind;
  }
}

/** What the server says when it refuses a change that it would accept in a new object. */
const refusals =
  /immutable|may not (be )?change|can ?not (be )?change|may not be (updated|removed)|updates? to .* forbidden|may not change|less than (status\.capacity|previous)|may not change once set|only dynamically provisioned|can't be changed|must not be (removed|changed)|can (not|only) be modified|may not add or remove/i;

/** `[{ address, action, fields }]` in the order of their addresses; nothing of what stays as it is. */
export async function labelPair(api, pair) {
  const [base, head] = [objectsIn(pair.base), objectsIn(pair.head)];
  for (const { object } of [...base, ...head]) {
    if (!api.kinds.has(`${object.apiVersion}/${object.kind}`))
      throw new Unlabelled(`the server does not know ${object.apiVersion} ${object.kind}`, object.kind);
  }
  const labels = [];
  try {
    for (const one of base) await create(api, one);
    // What is renamed by a hash of its contents is the same thing to people: applied under its old name.
    const same = new Map(Object.entries(pair.same ?? {}));
    const old = new Map(base.map((one) => [identityOf(one.object), one]));
    const kept = new Set();
    for (const one of head) {
      const address = addressOf(one.object);
      const previous = same.get(address);
      const before =
        previous === undefined
          ? old.get(identityOf(one.object))
          : base.find((b) => addressOf(b.object) === previous);
      if (before === undefined) labels.push({ address, action: 'create' });
      else {
        kept.add(before);
        const label = await change(
          api,
          before.object,
          previous === undefined ? one : underName(one, before, pair, head),
        );
        if (label !== undefined)
          labels.push({ address, ...(previous === undefined ? {} : { previous }), ...label });
      }
    }
    for (const one of base)
      if (!kept.has(one)) labels.push({ address: addressOf(one.object), action: 'delete' });
  } finally {
    for (const { object } of [...head, ...base].reverse()) await remove(api, object);
  }
  return labels.sort((one, other) => (one.address < other.address ? -1 : 1));
}

function underName(one, before) {
  const object = structuredClone(one.object);
  object.metadata.name = before.object.metadata.name;
  return { object, text: JSON.stringify(object) };
}

/** Applies what is there already, and says what becomes of it. */
async function change(api, previous, one) {
  const path = api.pathOf(one.object);
  const before = await api.get(path);
  const { status, body } = await api.apply(one.object, { text: one.text });
  if (status === 200) {
    const after = await api.get(path);
    return stored(before) === stored(after) ? undefined : { action: 'update' };
  }
  const causes = body.details?.causes ?? [{ field: '', message: body.message }];
  if (!causes.some(({ message }) => refusals.test(message))) throw new Unlabelled(body.message);
  const told = causes.filter(({ message }) => refusals.test(message)).map(({ field = '' }) => plain(field));
  const real = told.filter((field) => isFieldOf(field, previous) || isFieldOf(field, one.object));
  const fields =
    real.length === told.length ? real : [...real, ...(await narrowed(api, previous, one, told))];
  return { action: 'replace', fields: [...new Set(fields)].sort() };
}

/** The server says `spec`, or a name of its own code, where it compares more than one field. */
function isFieldOf(field, object) {
  const [first, second] = field.split('.');
  return first === 'spec' ? second !== undefined && second in (object.spec ?? {}) : first in object;
}

/** Where the server says no more than `spec`: which of its fields it refuses when nothing else changes. */
async function narrowed(api, before, { object }, told) {
  const refused = [];
  const [old, now] = [before.spec ?? {}, object.spec ?? {}];
  for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
    if (JSON.stringify(old[key]) === JSON.stringify(now[key])) continue;
    const tried = { ...before, apiVersion: object.apiVersion, spec: { ...old, [key]: now[key] } };
    if (now[key] === undefined) delete tried.spec[key];
    const { status } = await api.apply(tried, { dryRun: true });
    if (status !== 200) refused.push(`spec.${key}`);
  }
  return refused.length > 0 ? refused : told;
}

async function create(api, { object, text }) {
  await roomFor(api, object);
  const { status, body } = await api.apply(object, { text });
  if (status !== 200 && status !== 201) throw new Unlabelled(`base: ${body.message}`);
  // A claim that is bound, as one is once a pod uses it.
  if (object.kind === 'PersistentVolumeClaim') {
    const { accessModes, resources } = body.spec;
    const bound = { phase: 'Bound', accessModes, capacity: { storage: resources.requests.storage } };
    await api.patch(`${api.pathOf(object)}/status`, { status: bound });
  }
  // A definition is one once the server serves it.
  if (object.kind === 'CustomResourceDefinition') await new Promise((done) => setTimeout(done, 300));
}

/** The namespace of an object, with the service account that a pod needs. */
async function roomFor(api, { apiVersion, kind, metadata }) {
  if (!api.kinds.get(`${apiVersion}/${kind}`).namespaced) return;
  const { namespace = 'default' } = metadata;
  if ((await api.get(`/api/v1/namespaces/${namespace}/serviceaccounts/default`)) !== undefined) return;
  if ((await api.get(`/api/v1/namespaces/${namespace}`)) === undefined)
    await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await api.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } });
}

async function remove(api, object) {
  const path = api.pathOf(object);
  const { status, body } = await api.send(
    'DELETE',
    `${path}?gracePeriodSeconds=0&propagationPolicy=Background`,
  );
  if (status === 404) return;
  if (object.kind === 'Namespace') {
    await api.send(
      'PUT',
      `${path}/finalize`,
      JSON.stringify({ ...object, spec: { finalizers: [] } }),
      'application/json',
    );
  } else if (body.metadata?.finalizers !== undefined && object.kind !== 'CustomResourceDefinition') {
    await api.patch(path, { metadata: { finalizers: null } });
  }
  for (let tries = 0; (await api.get(path)) !== undefined; tries++) {
    if (tries > 100) throw new Error(`${addressOf(object)} does not go away`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** What is stored, without what the server keeps for itself. */
function stored({ status, metadata, ...rest }) {
  const own = new Set(['managedFields', 'resourceVersion', 'generation']);
  const kept = Object.entries(metadata).filter(([key]) => !own.has(key));
  return JSON.stringify({ ...rest, metadata: Object.fromEntries(kept) });
}

/** `spec.ports[0].nodePort` without its indexes. */
function plain(field) {
  return field.replace(/\[[^\]]*\]/g, '');
}

/** Each object with its text, as it is sent; what stands in a list or among JSON is sent as JSON. */
function objectsIn(side) {
  const texts =
    typeof side === 'string'
      ? [side]
      : Object.keys(side)
          .sort()
          .map((file) => side[file]);
  return texts.flatMap((text) =>
    text.split(/^---.*\n/m).flatMap((part) => {
      const values = parseAllDocuments(part, { version: '1.1', merge: true }).map((document) =>
        document.toJS(),
      );
      return values.flatMap((value) => {
        if (value === null || value === undefined) return [];
        if (Array.isArray(value.items))
          return value.items.map((object) => ({ object, text: JSON.stringify(object) }));
        return [{ object: value, text: part }];
      });
    }),
  );
}

export function addressOf({ apiVersion, kind, metadata }) {
  return `${apiVersion}/${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
}

function identityOf({ apiVersion, kind, metadata }) {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return `${group}/${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
}
