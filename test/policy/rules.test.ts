import { ruleIds } from '../../src/config/policy-rules';
import { Context, evaluate, type Rule, rules } from '../../src/policy';
import { type Break, gone } from './break';
import { breaks } from './breaks';
import { cases } from './cases';
import { exemptions } from './exemptions';
import { change, compliantDocuments, resourceAt } from './fixture';

const compliant = new Context(compliantDocuments(), true);

function ruleOf(id: string): Rule {
  const found = rules.find((rule) => rule.id === id);
  if (found === undefined) throw new Error(`there is no rule ${id}`);
  return found;
}

/** The compliant fixture with one value changed. */
function changed({ address, path, value }: Pick<Break, 'address' | 'path' | 'value'>): Context {
  const documents = compliantDocuments();
  change(resourceAt(new Context(documents), address).body, path, value);
  return new Context(documents, true);
}

function nameOf({ address, path, value }: Pick<Break, 'address' | 'path' | 'value'>): string {
  return `${address} where ${path.join('.')} is ${value === gone ? 'gone' : JSON.stringify(value)}`;
}

describe('the rules', () => {
  it('are those that the configuration knows, each once', () => {
    expect(rules.map(({ id }) => id)).toEqual([...ruleIds].sort());
    expect(new Set(ruleIds).size).toBe(ruleIds.length);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))(
    '%s tells what is wrong, why, how to mend it and where to read',
    (_, rule) => {
      expect(rule.title).toMatch(/^[A-Z0-9].{10,90}$/);
      expect(rule.why).toMatch(/^\S.{14,}[^.]$/);
      expect(rule.fix).toMatch(/^\S.{5,}[^.]$/);
      expect(rule.see).toMatch(/^https:\/\//);
    },
  );

  it('find nothing in the compliant fixture', () => {
    expect(evaluate(compliant)).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))(
    '%s accepts something of the compliant fixture, and passes over the rest',
    (_, rule) => {
      const outcomes = compliant.resources.map((resource) => rule.checks(resource, compliant).outcome);
      expect(outcomes).toContain('compliant');
      expect(outcomes).toContain('not-applicable');
    },
  );

  it('are each broken by something in the tables', () => {
    const broken = new Set<string>([
      ...breaks.flatMap((one) => Object.keys(one.broken)),
      ...cases.filter(({ outcome }) => outcome === 'non-compliant').map(({ rule }) => rule),
    ]);
    expect(ruleIds.filter((id) => !broken.has(id))).toEqual([]);
  });
});

describe('the policy', () => {
  it.each(breaks.map((one) => [nameOf(one), one] as const))(
    'fails %s, by the rules that are about it and by no other',
    (_, one) => {
      const found = evaluate(changed(one));
      expect([...new Set(found.map(({ rule }) => rule.id))].sort()).toEqual(Object.keys(one.broken).sort());
      for (const [id, path] of Object.entries(one.broken)) {
        expect(found.filter(({ rule }) => rule.id === id).map((violation) => violation.path)).toContain(path);
      }
      for (const { found: text, wanted } of found) {
        expect(text).not.toBe('');
        expect(wanted).not.toBe('');
        expect(text).not.toContain('hunter2');
      }
    },
  );

  it.each(exemptions.map((one) => [`${one.rule}: ${nameOf(one)}`, one] as const))(
    'passes over what a rule is not about: %s',
    (_, one) => {
      const context = changed(one);
      const { outcome } = ruleOf(one.rule).checks(resourceAt(context, one.address), context);
      expect(outcome).toBe('not-applicable');
    },
  );

  it.each(cases.map((one) => [`${one.rule} finds ${one.title} ${one.outcome}`, one] as const))(
    '%s',
    (_, { rule, context, address, outcome, paths }) => {
      const verdict = ruleOf(rule).checks(resourceAt(context, address), context);
      expect(verdict.outcome).toBe(outcome);
      if (verdict.outcome === 'non-compliant') {
        expect(verdict.violations.map(({ path }) => path)).toEqual(paths);
      }
    },
  );
});
