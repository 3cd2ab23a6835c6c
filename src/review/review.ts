import { reviewKubernetes } from './kubernetes/review-kubernetes';
import { kubernetesAccess } from './access/kubernetes';
import { maskedRows } from './access/rows';
import { terraformAccess } from './access/terraform';
import { costOf, ownPrices, type PriceTable } from './cost';
import { parseStack, type Side, sourceOf, type StackText, unreadManifests, unreadStacks } from './input/side';
import { scrubbed, scrubberOf } from './secrets';
import { terraformChanges } from './terraform/changes';
import { changedModules } from './terraform/modules';
import type { Outcome } from './terraform/outcome';
import { reviewTerraform } from './terraform/review-terraform';
import type { Stack } from './terraform/stack';
import { withPlans } from './terraform/with-plans';
import type { AccessChange, Action, Change, Diagnostic, Review } from './types';

export interface ReviewOptions {
  /** Plans of the head, as `terraform show -json` prints them: the truth about the stacks that they are of. */
  readonly plans?: readonly StackText[];
  /** @default - the table of the package */
  readonly prices?: PriceTable;
}

/** What a change from one output to another really does. */
export function review(base: Side, head: Side, options: ReviewOptions = {}): Review {
  const terraform = terraformOf(base, head, options.plans ?? []);
  const kubernetes = [...new Set([...base.clusters.keys(), ...head.clusters.keys()])].map((cluster) => {
    const found = reviewKubernetes(
      base.clusters.get(cluster) ?? [],
      head.clusters.get(cluster) ?? [],
      (address, side) => sourceOf(side === 'before' ? base : head, `cluster ${cluster}`, address),
      { before: unreadManifests(base), after: unreadManifests(head) },
    );
    return {
      ...found,
      changes: found.changes.map((change) => ({ ...change, stack: cluster === '' ? null : cluster })),
    };
  });
  const changes = [...terraform.changes, ...kubernetes.flatMap((one) => one.changes)].sort(byAddress);
  const diagnostics = [
    ...base.diagnostics,
    ...head.diagnostics,
    ...missing(base, head),
    ...terraform.diagnostics,
    ...kubernetes.flatMap((one) => one.diagnostics),
  ];
  const read = {
    outcomes: terraform.outcomes,
    stacks: terraform.stacks,
    objects: kubernetes.flatMap(({ sides }) => [
      ...sides.before,
      ...sides.after,
      ...(changes.length === 0 ? [] : sides.unchanged(['Secret'])),
    ]),
  };
  const found: Review = {
    version: 1,
    changes,
    access: maskedRows([...terraform.access, ...kubernetes.flatMap(({ sides }) => kubernetesAccess(sides))]),
    cost: costOf(
      [...terraform.before, ...terraform.same],
      [...terraform.after, ...terraform.same],
      options.prices ?? ownPrices(),
    ),
    gates: [],
    diagnostics: unique(diagnostics),
    summary: summaryOf(changes),
  };
  return scrubbed(found, scrubberOf(read));
}

function terraformOf(
  base: Side,
  head: Side,
  planTexts: readonly StackText[],
): {
  changes: readonly Change[];
  diagnostics: readonly Diagnostic[];
  access: readonly AccessChange[];
  outcomes: readonly Outcome[];
  stacks: readonly Stack[];
  before: readonly Stack[];
  after: readonly Stack[];
  /** Those that are the same on both sides. */
  same: readonly Stack[];
} {
  const names = [...new Set([...base.stacks.keys(), ...head.stacks.keys()])];
  const diagnostics: Diagnostic[] = [];
  const [before, after]: [Stack[], Stack[]] = [[], []];
  const same: (string | null)[] = [];
  const unread = [unreadStacks(base), unreadStacks(head)] as const;
  for (const name of names) {
    // What one side alone could not read would look new or gone; that it was not read is told already.
    if (unread[0].has(name) !== unread[1].has(name)) continue;
    const [old, now] = [base.stacks.get(name) ?? [], head.stacks.get(name) ?? []];
    // With a plan, what has not changed counts as well: the real thing may have.
    if (planTexts.length === 0 && sameTexts(old, now)) {
      same.push(name);
      continue;
    }
    const [one, other] = [parseStack(name, old), parseStack(name, now)];
    diagnostics.push(...one.diagnostics, ...other.diagnostics);
    if (one.stack === undefined || other.stack === undefined) continue;
    diagnostics.push(...one.stack.diagnostics, ...other.stack.diagnostics);
    if (planTexts.length === 0) diagnostics.push(...changedModules(one.stack, other.stack));
    before.push(one.stack);
    after.push(other.stack);
  }
  const outcomes = reviewTerraform(before, after);
  const unchanged = same.flatMap((name) => parseStack(name, head.stacks.get(name) ?? []).stack ?? []);
  const access = terraformAccess({ outcomes, before, after, unchanged: () => unchanged });
  const planned = withPlans(outcomes, planTexts, [...before, ...after]);
  diagnostics.push(...planned.diagnostics);
  const changes = terraformChanges(
    planned.outcomes,
    (stack, address, side) =>
      sourceOf(side === 'before' ? base : head, `stack ${String(stack)}`, address.replace(/\[.*$/, '')),
    (stack, address) => after.find(({ name }) => name === stack)?.removed.get(address.replace(/\[.*$/, '')),
  );
  return {
    changes,
    diagnostics,
    access,
    outcomes: planned.outcomes,
    stacks: [...before, ...after],
    before,
    after,
    same: unchanged,
  };
}

function sameTexts(before: readonly StackText[], after: readonly StackText[]): boolean {
  return before.length === after.length && before.every(({ text }, index) => text === after[index]?.text);
}

/** An output that is not there is said, since "nothing changes" would be the wrong reading of it. */
function missing(base: Side, head: Side): Diagnostic[] {
  if (base.empty && head.empty) {
    return [
      {
        level: 'error',
        file: '.',
        line: 1,
        message: 'neither side holds Terraform JSON or manifests; nothing was reviewed',
      },
    ];
  }
  if (base.empty) {
    return [
      {
        level: 'warning',
        file: '.',
        line: 1,
        message: 'the base holds no output; everything is told as new',
      },
    ];
  }
  if (head.empty) {
    return [
      {
        level: 'error',
        file: '.',
        line: 1,
        message: 'the head holds no output; if it was not synthesized, nothing of this is true',
      },
    ];
  }
  // A whole part that is missing is rather not synthesized than deleted.
  const part = (what: string, before: ReadonlyMap<unknown, unknown>, after: ReadonlyMap<unknown, unknown>) =>
    before.size > 0 && after.size === 0
      ? [
          {
            level: 'warning' as const,
            file: '.',
            line: 1,
            message: `the head holds no ${what} at all, the base does; if they were not synthesized, the deletions told here are none`,
          },
        ]
      : [];
  return [
    ...part('Terraform JSON', base.stacks, head.stacks),
    ...part('manifests', base.clusters, head.clusters),
  ];
}

function summaryOf(changes: readonly Change[]): Readonly<Record<Action, number>> {
  const summary = { create: 0, update: 0, replace: 0, delete: 0, move: 0 };
  for (const { action, drift } of changes) if (!drift) summary[action] += 1;
  return summary;
}

function byAddress(one: Change, other: Change): number {
  const key = ({ system, stack, address }: Change) =>
    `${system === 'terraform' ? 0 : 1} ${stack ?? ''} ${address}`;
  return key(one) < key(other) ? -1 : 1;
}

function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [JSON.stringify(one), one])).values()];
}
