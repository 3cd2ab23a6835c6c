import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { review, type Review } from '../../src/review';
import { kubernetesCorpus, manifestSide } from '../support/kubernetes-corpus';
import { sideOf, terraformCorpus } from '../support/terraform-corpus';

const schema = JSON.parse(readFileSync(join(__dirname, '../../schema/review.schema.json'), 'utf8')) as object;
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

/** As programs read it. */
function printed(found: Review): unknown {
  return JSON.parse(JSON.stringify(found));
}

function problemsOf(value: unknown): unknown {
  validate(value);
  return validate.errors ?? [];
}

const some = <T>(all: readonly T[]) => all.filter((_, index) => index % 7 === 0);

describe('The JSON of a review', () => {
  it('is what the schema says, whatever changed', () => {
    const reviews = [
      ...some(kubernetesCorpus()).map(({ base, head }) => review(manifestSide(base), manifestSide(head))),
      ...some(terraformCorpus()).map(({ base, head }) => review(sideOf(base), sideOf(head))),
      review(manifestSide('a: ['), manifestSide('kind: x')),
    ];
    expect(new Set(reviews.flatMap(({ changes }) => changes.map(({ action }) => action))).size).toBe(5);
    for (const found of reviews) expect(problemsOf(printed(found))).toEqual([]);
  });

  it('fails the schema with anything more, or less', () => {
    const found = review(manifestSide(''), manifestSide(''));
    const { gates, ...less } = found;
    expect(gates).toEqual([]);
    expect(problemsOf(less)).toMatchObject([{ keyword: 'required' }]);
    expect(problemsOf({ ...found, more: 1 })).toMatchObject([{ keyword: 'additionalProperties' }]);
    expect(problemsOf({ ...found, version: 2 })).toMatchObject([{ keyword: 'const' }]);
  });
});
