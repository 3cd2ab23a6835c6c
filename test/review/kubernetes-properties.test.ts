import { review } from '../../src/review';
import { parseManifest } from '../../src/review/input/manifests';
import { splitDocuments } from '../../src/review/input/texts';
import { compareObjects } from '../../src/review/kubernetes/compare';
import { isImmutable } from '../../src/review/kubernetes/immutable';
import type { KubernetesObject } from '../../src/review/kubernetes/object';
import { prepared } from '../../src/review/kubernetes/prepared';
import { isTree } from '../../src/review/types';
import { applyObjectPaths } from '../support/apply-object-paths';
import { kubernetesCorpus, type Manifests, manifestSide } from '../support/kubernetes-corpus';

const corpus = kubernetesCorpus();

function objectsIn(manifests: Manifests): readonly KubernetesObject[] {
  return (typeof manifests === 'string' ? [manifests] : Object.values(manifests))
    .filter((text) => !text.startsWith('{'))
    .flatMap((text) => splitDocuments('a.yaml', text).flatMap((one) => parseManifest(one).objects));
}

const differences = (before: KubernetesObject, after: KubernetesObject['body']) =>
  compareObjects(before.group, prepared(before), prepared({ ...before, body: after }), (field) =>
    isImmutable(before.group, before.kind, field),
  );

/** The same with its keys the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, turned(item)]),
  );
}

describe('What differs between two states of an object', () => {
  it('is nothing between a state and itself, or itself written as JSON with its keys turned round', () => {
    for (const object of corpus.flatMap(({ base }) => objectsIn(base))) {
      expect(differences(object, structuredClone(object.body))).toEqual([]);
      expect(differences(object, turned(object.body) as KubernetesObject['body'])).toEqual([]);
    }
  });

  it('is nothing when documents stand in another order, in a list, or in other files', () => {
    for (const { base } of corpus) {
      const objects = objectsIn(base);
      if (objects.length === 0) continue;
      const items = objects.map(({ body }) => turned(body)).reverse();
      const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
      expect(review(manifestSide(base), manifestSide({ 'list.json': list })).changes).toEqual([]);
    }
  });

  it('is all that there is: put into the one, it gives the other', () => {
    let compared = 0;
    for (const { base, head } of corpus) {
      const heads = new Map(objectsIn(head).map((object) => [object.identity, object]));
      for (const before of objectsIn(base)) {
        const after = heads.get(before.identity);
        if (after === undefined) continue;
        const changed = applyObjectPaths(prepared(before), differences(before, after.body));
        compared += 1;
        expect({ is: differences({ ...before, body: changed }, after.body), of: before.address }).toEqual({
          is: [],
          of: before.address,
        });
      }
    }
    expect(compared).toBeGreaterThan(400);
  });
});
