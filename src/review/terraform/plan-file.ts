import { isTree, type Tree } from '../types';
import { compareArguments, type Difference } from './compare';
import type { Resource } from './evaluate';
import type { Outcome } from './outcome';
import { factsOf } from './provider-facts';
import { treesOf } from './stack';

/** What Terraform itself says that it will do, as `terraform show -json` prints it. */
export interface Plan {
  readonly file: string;
  readonly changes: readonly PlannedChange[];
  /** Addresses of what was changed by others than Terraform since its last run. */
  readonly drifted: ReadonlySet<string>;
}

interface PlannedChange {
  readonly address: string;
  readonly previousAddress: string | undefined;
  readonly type: string;
  readonly name: string;
  readonly action: 'none' | 'create' | 'update' | 'replace' | 'delete';
  readonly forcedBy: readonly string[];
  /** Why it is replaced, where no attribute forces it: `replace_by_triggers`, `replace_because_tainted`. */
  readonly reason: string | undefined;
  readonly before: Tree | undefined;
  readonly after: Tree | undefined;
  readonly sensitive: Tree;
}

/** Reads a plan; the reason for people where the text is none. */
export function parsePlan(file: string, text: string): Plan | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `this is not JSON (${(error as Error).message}); write it with: terraform show -json PLAN > ${file}`;
  }
  if (!isTree(value) || typeof value.format_version !== 'string' || !('planned_values' in value)) {
    return `this is not a plan; write it with: terraform show -json PLAN > ${file}`;
  }
  if (value.errored === true) return 'the plan ended with an error, so it does not say all that would happen';
  return {
    file,
    changes: treesOf(value.resource_changes)
      .filter(({ mode }) => mode === 'managed')
      .flatMap(plannedFrom),
    drifted: new Set(treesOf(value.resource_drift).map(({ address }) => String(address))),
  };
}

function plannedFrom(entry: Tree): PlannedChange[] {
  const change = isTree(entry.change) ? entry.change : {};
  const action = actionOf(Array.isArray(change.actions) ? change.actions.map(String) : []);
  if (action === undefined) return [];
  const after = isTree(change.after) ? withUnknown(change.after, change.after_unknown) : undefined;
  return [
    {
      address: String(entry.address),
      previousAddress: typeof entry.previous_address === 'string' ? entry.previous_address : undefined,
      type: String(entry.type),
      name: String(entry.name),
      action,
      forcedBy: pathsOf(change.replace_paths),
      reason: typeof entry.action_reason === 'string' ? entry.action_reason : undefined,
      before: isTree(change.before) ? change.before : undefined,
      after,
      sensitive: { ...asTree(change.before_sensitive), ...asTree(change.after_sensitive) },
    },
  ];
}

/** A deposed object and a data source come as actions that nobody needs to review. */
function actionOf(actions: readonly string[]): PlannedChange['action'] | undefined {
  switch (actions.join()) {
    case 'no-op':
      return 'none';
    case 'create':
    case 'update':
    case 'delete':
      return actions[0] as 'create' | 'update' | 'delete';
    case 'forget':
      return 'delete';
    case 'delete,create':
    case 'create,delete':
      return 'replace';
    default:
      return undefined;
  }
}

function pathsOf(paths: unknown): readonly string[] {
  if (!Array.isArray(paths)) return [];
  const dotted = paths.map((path: unknown) =>
    Array.isArray(path) ? path.filter((step) => typeof step === 'string').join('.') : '',
  );
  return [...new Set(dotted)].filter((path) => path !== '').sort();
}

/** What is only known after the apply, said so in the place of its value. */
function withUnknown(after: Tree, unknown: unknown): Tree {
  if (!isTree(unknown)) return after;
  const entries = Object.entries(unknown).flatMap(([key, flag]): [string, unknown][] => {
    const value = after[key];
    if (flag === true) return [[key, '(known after apply)']];
    if (isTree(flag) && isTree(value)) return [[key, withUnknown(value, flag)]];
    if (Array.isArray(flag) && Array.isArray(value)) {
      const items = (value as readonly unknown[]).map((item, index) => {
        const one: unknown = flag[index];
        return one === true ? '(known after apply)' : isTree(item) ? withUnknown(item, one) : item;
      });
      return [[key, items]];
    }
    return [];
  });
  return { ...after, ...Object.fromEntries(entries) };
}

function asTree(value: unknown): Tree {
  return isTree(value) ? value : {};
}

/** How many of its addresses a plan shares with a stack: a plan does not say which one it is of. */
export function likeness(plan: Plan, addresses: ReadonlySet<string>): number {
  return plan.changes.filter(({ address }) => addresses.has(address.replace(/\[.*$/, ''))).length;
}

/**
 * Puts the plan in the place of what was worked out without it: the plan is the truth. What it does because others
 * changed the real thing is drift.
 */
export function followPlan(
  outcomes: readonly Outcome[],
  plan: Plan,
  stack: string | null,
): readonly Outcome[] {
  const planned = new Map(plan.changes.map((change) => [change.address, change]));
  const seen = new Set<string>();
  const own = outcomes.flatMap((outcome): Outcome[] => {
    const { before, after, by } = outcome.pair;
    const address = after?.address ?? before?.address ?? '';
    seen.add(address);
    if (by === 'likeness' && before !== undefined) {
      // Terraform destroys and creates; that this is a rename is what the review knows and the plan does not.
      seen.add(before.address);
      outcome.confidence = 'certain';
      return [outcome];
    }
    const change = planned.get(address);
    if (change === undefined || change.action === 'none') {
      return change?.previousAddress === undefined ? [] : [asPlanned(outcome, change, 'none')];
    }
    if (outcome.action !== 'none' || by !== 'address') return [asPlanned(outcome, change, change.action)];
    // Nothing in the two outputs explains it: others changed the thing, or the provider reads it otherwise.
    const drift = plan.drifted.has(address);
    const reason = drift ? 'it was changed outside of Terraform' : 'the plan says so, neither output does';
    return [
      {
        ...asPlanned(outcome, change, change.action),
        drift,
        differences: differencesOf(change),
        reasons: [...reasonsOf(change), reason],
      },
    ];
  });
  const others = plan.changes.filter(
    ({ address, action, previousAddress }) =>
      !seen.has(address) && (action !== 'none' || previousAddress !== undefined),
  );
  return [...own, ...others.map((change) => outcomeOf(change, stack, plan))];
}

function asPlanned(outcome: Outcome, change: PlannedChange, action: Outcome['action']): Outcome {
  return {
    ...outcome,
    action,
    confidence: 'certain',
    forcedBy: new Set(change.forcedBy),
    reasons: [...(action === outcome.action ? outcome.reasons : []), ...reasonsOf(change)],
  };
}

function reasonsOf({ reason }: PlannedChange): string[] {
  switch (reason) {
    case 'replace_because_tainted':
      return ['its last creation failed half-way, so it is tainted'];
    case 'replace_by_request':
      return ['the plan was asked to replace it'];
    case 'replace_by_triggers':
      return ['replace_triggered_by says so'];
    default:
      return [];
  }
}

/** Something that the two outputs do not hold, such as the inside of a module. */
function outcomeOf(change: PlannedChange, stack: string | null, plan: Plan): Outcome {
  const { address, previousAddress, before, after } = change;
  const resource = (at: string, values: Tree): Resource => ({
    address: at,
    type: change.type,
    name: change.name,
    body: values,
    file: plan.file,
    values: withoutNulls(values),
    known: () => withoutNulls(values),
    defaults: {},
    lifecycle: {},
  });
  return {
    stack,
    pair: {
      before: before === undefined ? undefined : resource(previousAddress ?? address, before),
      after: after === undefined ? undefined : resource(address, after),
      by: previousAddress === undefined ? 'address' : 'moved',
    },
    action: change.action,
    confidence: 'certain',
    forcedBy: new Set(change.forcedBy),
    differences: differencesOf(change),
    reasons: reasonsOf(change),
    drift: plan.drifted.has(address),
  };
}

function differencesOf({ before, after, type, sensitive }: PlannedChange): Difference[] {
  if (before === undefined || after === undefined) return [];
  const facts = factsOf(type);
  // Such as its id: that it becomes another one is not what a reader needs to hear.
  const own = compareArguments(before, after, facts).filter(
    ({ attribute }) => facts?.has(attribute) !== false,
  );
  return own.map((difference) => ({
    ...difference,
    unsure: false,
    sensitive: difference.sensitive || holdsTrue(sensitive[difference.attribute.split('.')[0] ?? '']),
  }));
}

function holdsTrue(value: unknown): boolean {
  if (value === true) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsTrue);
}

function withoutNulls(values: Tree): Tree {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
