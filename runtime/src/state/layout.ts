import { Problem } from '../problem';
import { JsonError, parseJson } from '../value/json-parse';
import { printJson } from '../value/json-print';
import { dict, type Dict, isDict, isTruthy, type Value } from '../value/value';
import type { StoredState } from './store';

/** The text of a state in Meltano's files, and further keys, which Meltano passes by. */
export function printStored(
  { completed, partial }: StoredState,
  more: Readonly<Record<string, number>> = {},
): string {
  return printJson(dict({ completed, partial, ...more }));
}

/** Reads the text of a state in Meltano's files. */
export function parseStored(text: string, where: string): StoredState {
  const whole = readMap(text, where);
  return { completed: part(whole.get('completed'), where), partial: part(whole.get('partial'), where) };
}

/** Reads one part of a state, as a column of the database holds it; nothing is an empty map. */
export function parsePart(text: string | null, where: string): Dict {
  return text === null || text === '' ? dict({}) : part(readValue(text, where), where);
}

function part(value: Value | undefined, where: string): Dict {
  if (!isTruthy(value)) return dict({});
  if (isDict(value)) return value;
  throw broken(where, 'it is no map');
}

function readMap(text: string, where: string): Dict {
  const value = readValue(text, where);
  if (isDict(value)) return value;
  throw broken(where, 'it is no map');
}

function readValue(text: string, where: string): Value {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) throw broken(where, error.message);
    throw error;
  }
}

function broken(where: string, why: string): Problem {
  return new Problem(`the state in ${where} cannot be read: ${why}`, {
    fix: 'Set it anew with `tapline-run state set`, or clear it.',
  });
}
