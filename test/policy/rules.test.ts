import { ruleIds } from '../../src/config/policy-rules';
import { Context, evaluate, type Rule, rules } from '../../src/policy';
import { type Break, gone } from './break';
import { gkeBreaks } from './breaks-gke';
import { googleBreaks } from './breaks-google';
import { kubernetesBreaks } from './breaks-kubernetes';
import { change, compliantDocuments, resourceAt, terraform } from './fixture';

const breaks = [...gkeBreaks, ...googleBreaks, ...kubernetesBreaks];
const compliant = new Context(compliantDocuments(), true);

/** Rules that no change of one value breaks, but a resource that should not be there. */
const byResource: Readonly<Record<string, Record<string, unknown>>> = {
  'TL-IAM-006': {
    google_project_iam_binding: { owners: { role: 'roles/browser', members: ['user:a@example.com'] } },
  },
  'TL-IAM-007': { google_service_account_key: { key: { service_account_id: 'x' } } },
};

function ruleOf(id: string): Rule {
  const found = rules.find((rule) => rule.id === id);
  if (found === undefined) throw new Error(`there is no rule ${id}`);
  return found;
}

describe('the rules', () => {
  it('are those that the configuration knows, each once', () => {
    expect(rules.map(({ id }) => id).sort()).toEqual([...ruleIds].sort());
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
    const broken = new Set<string>([...breaks.map(([rule]) => rule), ...Object.keys(byResource)]);
    expect(ruleIds.filter((id) => !broken.has(id))).toEqual([]);
  });
});

function nameOf([rule, address, path, value]: Break): string {
  const shown = value === gone ? 'gone' : JSON.stringify(value);
  return `${rule} fails ${address} where ${typeof path === 'string' ? path : path.join('.')} is ${shown}`;
}

describe('a rule', () => {
  it.each(breaks.map((entry) => [nameOf(entry), entry] as const))(
    '%s',
    (_, [id, address, path, value, named]) => {
      const documents = compliantDocuments();
      change(resourceAt(new Context(documents), address).body, path, value);
      const context = new Context(documents, true);
      const violations = context.resources.flatMap((resource) => {
        const verdict = ruleOf(id).checks(resource, context);
        return verdict.outcome === 'non-compliant' ? verdict.violations : [];
      });
      const expected = named ?? (typeof path === 'string' ? path : path.join('.'));
      expect(violations.map((violation) => violation.path)).toContain(expected);
      for (const { found, wanted } of violations) {
        expect(found).not.toBe('');
        expect(wanted).not.toBe('');
        expect(found).not.toContain('hunter2');
      }
    },
  );

  it.each(Object.entries(byResource))('%s fails a resource that should not be there', (id, resource) => {
    const context = terraform(resource);
    expect(ruleOf(id).checks(context.resources[0]!, context).outcome).toBe('non-compliant');
  });
});
