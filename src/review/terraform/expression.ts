import { type Parsed, parseExpression } from './expression-parser';
import { callFunction } from './functions';
import { stepsOf } from './template';
import { isTree } from '../types';

/** What only a plan knows. */
export const unknown = Symbol('unknown');

/** Follows a traversal: its names and keys; `unknown` where it leads nowhere that can be known. */
export type Follow = (steps: readonly (string | number)[]) => unknown;

/** The value of an expression of Terraform's language, as far as it needs no plan; `unknown` for the rest. */
export function valueOf(expression: string, follow: Follow): unknown {
  // Nearly every expression is a plain reference, which needs no parser.
  const steps = stepsOf(expression);
  if (steps !== undefined && steps.length > 1) return follow(steps);
  const parsed = parseExpression(expression);
  return parsed === undefined ? unknown : evaluate(parsed, follow);
}

function evaluate(node: Parsed, follow: Follow): unknown {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'template': {
      const parts = node.parts.map((part) => (typeof part === 'string' ? part : evaluate(part, follow)));
      const [only] = parts;
      if (parts.length === 1 && only !== undefined && typeof node.parts[0] !== 'string') return only;
      return parts.every((part) => part !== unknown && typeof part !== 'object') ? parts.join('') : unknown;
    }
    case 'list': {
      const items = node.items.map((item) => evaluate(item, follow));
      return items.includes(unknown) ? unknown : items;
    }
    case 'object': {
      const entries = node.entries.map(
        ([key, value]) => [evaluate(key, follow), evaluate(value, follow)] as const,
      );
      return entries.some((entry) => entry.includes(unknown))
        ? unknown
        : Object.fromEntries(entries.map(([key, value]) => [String(key), value]));
    }
    case 'traversal': {
      const steps = node.steps.map((step) => (typeof step === 'string' ? step : evaluate(step, follow)));
      return steps.every((step) => typeof step === 'string' || typeof step === 'number')
        ? follow(steps)
        : unknown;
    }
    case 'index': {
      const [value, key] = [evaluate(node.value, follow), evaluate(node.key, follow)];
      const found: unknown = Array.isArray(value)
        ? (value as readonly unknown[])[Number(key)]
        : isTree(value)
          ? value[String(key)]
          : undefined;
      return found === undefined ? unknown : found;
    }
    case 'call': {
      const values = node.values.map((value) => evaluate(value, follow));
      if (values.includes(unknown)) return unknown;
      const result = callFunction(node.name, values);
      return result === undefined ? unknown : result;
    }
    case 'not': {
      const value = evaluate(node.value, follow);
      return typeof value === 'boolean' ? !value : unknown;
    }
    case 'condition': {
      const test = evaluate(node.test, follow);
      return typeof test === 'boolean' ? evaluate(test ? node.yes : node.no, follow) : unknown;
    }
    case 'operation':
      return operate(node.operator, evaluate(node.left, follow), evaluate(node.right, follow));
  }
}

function operate(operator: string, left: unknown, right: unknown): unknown {
  if (left === unknown || right === unknown) return unknown;
  if (operator === '==') return same(left, right);
  if (operator === '!=') return !same(left, right);
  if (typeof left === 'boolean' && typeof right === 'boolean') {
    return operator === '&&' ? left && right : operator === '||' ? left || right : unknown;
  }
  if (typeof left !== 'number' || typeof right !== 'number') return unknown;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? unknown : left / right;
    case '%':
      return right === 0 ? unknown : left % right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    default:
      return unknown;
  }
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
