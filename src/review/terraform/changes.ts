import { concernsOf } from '../explain/updates';
import { masked } from '../mask';
import type { Action, Change, PathChange, Severity, Source } from '../types';
import type { Difference } from './compare';
import { explain } from './explain';
import { isProtected, isStateful } from './identity';
import type { Outcome } from './outcome';
import { factsOf } from './provider-facts';

/** The changes of Terraform as programs read them. */
export function terraformChanges(
  outcomes: readonly Outcome[],
  sourceOf: (stack: string | null, address: string, side: 'before' | 'after') => Source | null,
  removed: (stack: string | null, address: string) => boolean | undefined,
): readonly Change[] {
  return outcomes.flatMap((outcome) => {
    const { before, after } = outcome.pair;
    const resource = after ?? before;
    const action = actionOf(outcome);
    if (resource === undefined || action === undefined) return [];
    const destroys = after === undefined && removed(outcome.stack, resource.address) !== false;
    const previous = before !== undefined && outcome.pair.by !== 'address' ? before.address : null;
    const change: Omit<Change, 'severity' | 'explanation'> = {
      system: 'terraform',
      stack: outcome.stack,
      address: resource.address,
      previousAddress: previous,
      action,
      confidence: action === 'create' || action === 'delete' ? 'certain' : outcome.confidence,
      forcedBy: action === 'replace' ? [...outcome.forcedBy].sort() : [],
      paths: pathsOf(outcome),
      drift: outcome.drift === true,
      source: sourceOf(outcome.stack, resource.address, after === undefined ? 'before' : 'after'),
    };
    const severity = severityOf(outcome, action, destroys);
    return [{ ...change, severity, explanation: explain(outcome, action, destroys) }];
  });
}

function actionOf({ pair, action }: Outcome): Action | undefined {
  if (pair.by === 'address') return action === 'none' ? undefined : action;
  // Without a `moved` block Terraform destroys and creates, whatever else differs; a forced one it would anyway.
  if (action === 'replace') return 'replace';
  return pair.by === 'likeness' || action === 'none' ? 'move' : action;
}

function severityOf(outcome: Outcome, action: Action, destroys: boolean): Severity {
  const { pair } = outcome;
  const type = (pair.after ?? pair.before)?.type ?? '';
  const stateful = isStateful(type);
  if (action === 'create') return 'info';
  if (action === 'update') return concernsOf(type, outcome.differences)[0]?.severity ?? 'info';
  if (action === 'move') return pair.by === 'moved' ? 'info' : stateful ? 'danger' : 'warning';
  if (action === 'delete' && !destroys) return 'notice';
  return stateful ? 'danger' : 'warning';
}

function pathsOf(outcome: Outcome): readonly PathChange[] {
  const { before, after } = outcome.pair;
  if (before === undefined || after === undefined) {
    const values = (after ?? before)?.values ?? {};
    const type = (after ?? before)?.type ?? '';
    return Object.entries(values).map(([path, value]) => {
      const secret = factsOf(type)?.get(path)?.sensitive === true || holdsSensitive(type, path);
      return { path, ...masked(path, before && value, after && value, secret) };
    });
  }
  return outcome.differences.map((difference) => shown(difference, after.type));
}

function shown({ path, attribute, before, after, sensitive }: Difference, type: string): PathChange {
  return { path, ...masked(path, before, after, sensitive || holdsSensitive(type, attribute)) };
}

/** Whether a block holds something that the provider says is sensitive, or is within something that is. */
function holdsSensitive(type: string, attribute: string): boolean {
  const facts = factsOf(type);
  if (facts === null) return false;
  return [...facts].some(
    ([path, one]) =>
      (one.sensitive || one.writeOnly) &&
      (path === attribute || path.startsWith(`${attribute}.`) || attribute.startsWith(`${path}.`)),
  );
}

/** Whether the provider would refuse to destroy it as it stands now. */
export function isGuarded(outcome: Outcome): boolean {
  const { before } = outcome.pair;
  return before !== undefined && isProtected(before.values, before.lifecycle);
}
