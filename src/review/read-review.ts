import type { AccessChange, Change, Diagnostic, GateResult, PathChange, Review, Source } from './types';
import { isTree, type Tree } from './types';

/**
 * A review as it was written as JSON, by whomever: every part of it is what the contract says, or it is refused.
 * @throws Error with the place of what is wrong
 */
export function readReview(text: string): Review {
  const review = tree(JSON.parse(text), 'the review');
  if (review.version !== 1) throw new Error(`version: found ${JSON.stringify(review.version)}, allowed 1`);
  const cost = tree(review.cost, 'cost');
  const monthly = tree(cost.monthly, 'cost.monthly');
  const summary = tree(review.summary, 'summary');
  return {
    version: 1,
    changes: list(review.changes, 'changes', changeOf),
    access: list(review.access, 'access', accessOf),
    cost: {
      monthly: {
        before: range(monthly.before, 'cost.monthly.before'),
        after: range(monthly.after, 'cost.monthly.after'),
      },
      currency: oneOf(cost.currency, 'cost.currency', ['USD']),
      unpriced: list(cost.unpriced, 'cost.unpriced', textOf),
    },
    gates: list(review.gates, 'gates', gateOf),
    diagnostics: list(review.diagnostics, 'diagnostics', diagnosticOf),
    summary: {
      create: numberOf(summary.create, 'summary.create'),
      update: numberOf(summary.update, 'summary.update'),
      replace: numberOf(summary.replace, 'summary.replace'),
      delete: numberOf(summary.delete, 'summary.delete'),
      move: numberOf(summary.move, 'summary.move'),
    },
  };
}

function changeOf(value: unknown, at: string): Change {
  const change = tree(value, at);
  return {
    system: oneOf(change.system, `${at}.system`, ['terraform', 'kubernetes']),
    stack: nullable(change.stack, `${at}.stack`),
    address: textOf(change.address, `${at}.address`),
    previousAddress: nullable(change.previousAddress, `${at}.previousAddress`),
    action: oneOf(change.action, `${at}.action`, ['create', 'update', 'replace', 'delete', 'move']),
    confidence: oneOf(change.confidence, `${at}.confidence`, ['certain', 'possible']),
    forcedBy: list(change.forcedBy, `${at}.forcedBy`, textOf),
    paths: list(change.paths, `${at}.paths`, pathOf),
    severity: oneOf(change.severity, `${at}.severity`, ['info', 'notice', 'warning', 'danger']),
    explanation: nullable(change.explanation, `${at}.explanation`),
    drift: booleanOf(change.drift, `${at}.drift`),
    source: change.source === null ? null : sourceOf(change.source, `${at}.source`),
  };
}

function pathOf(value: unknown, at: string): PathChange {
  const { path, before, after, masked } = tree(value, at);
  return { path: textOf(path, `${at}.path`), before, after, masked: booleanOf(masked, `${at}.masked`) };
}

function sourceOf(value: unknown, at: string): Source {
  const { file, line, construct } = tree(value, at);
  return {
    file: textOf(file, `${at}.file`),
    line: numberOf(line, `${at}.line`),
    construct: textOf(construct, `${at}.construct`),
  };
}

function accessOf(value: unknown, at: string): AccessChange {
  const { principal, resource, verdict, before, after } = tree(value, at);
  return {
    principal: textOf(principal, `${at}.principal`),
    resource: textOf(resource, `${at}.resource`),
    verdict: oneOf(verdict, `${at}.verdict`, ['broadened', 'narrowed', 'mixed', 'unknown']),
    before,
    after,
  };
}

function gateOf(value: unknown, at: string): GateResult {
  const { name, result, because } = tree(value, at);
  return {
    name: textOf(name, `${at}.name`),
    result: oneOf(result, `${at}.result`, ['pass', 'fail', 'waived']),
    because: textOf(because, `${at}.because`),
  };
}

function diagnosticOf(value: unknown, at: string): Diagnostic {
  const { level, file, line, message } = tree(value, at);
  return {
    level: oneOf(level, `${at}.level`, ['error', 'warning']),
    file: textOf(file, `${at}.file`),
    line: numberOf(line, `${at}.line`),
    message: textOf(message, `${at}.message`),
  };
}

function tree(value: unknown, at: string): Tree {
  if (isTree(value)) return value;
  throw refused(at, value, 'an object');
}

function list<T>(value: unknown, at: string, read: (item: unknown, at: string) => T): T[] {
  if (!Array.isArray(value)) throw refused(at, value, 'a list');
  return value.map((item, index) => read(item, `${at}[${String(index)}]`));
}

function textOf(value: unknown, at: string): string {
  if (typeof value === 'string') return value;
  throw refused(at, value, 'a text');
}

function nullable(value: unknown, at: string): string | null {
  return value === null ? null : textOf(value, at);
}

function numberOf(value: unknown, at: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw refused(at, value, 'a number');
}

function booleanOf(value: unknown, at: string): boolean {
  if (typeof value === 'boolean') return value;
  throw refused(at, value, 'true or false');
}

function range(value: unknown, at: string): readonly [number, number] {
  if (!Array.isArray(value) || value.length !== 2) throw refused(at, value, 'a lowest and a highest number');
  return [numberOf(value[0], `${at}[0]`), numberOf(value[1], `${at}[1]`)];
}

function oneOf<T extends string>(value: unknown, at: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw refused(at, value, allowed.join(', '));
}

function refused(at: string, value: unknown, allowed: string): Error {
  const found = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60);
  return new Error(`${at}: found ${found}, allowed ${allowed}`);
}
