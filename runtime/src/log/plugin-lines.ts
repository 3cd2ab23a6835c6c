import { JsonError, parseJson } from '../value/json-parse';
import { pythonText } from '../value/python-text';
import { type Dict, Float, isDict, type Value } from '../value/value';
import { type Level, levels } from './log';

/** A line of a plugin's stderr, as it is logged. */
export interface PluginLine {
  readonly level: Level;
  readonly message: string;
  readonly metric: Metric | undefined;
}

/** A measurement that a Singer plugin reports. */
export interface Metric {
  readonly name: string;
  readonly value: number;
  readonly stream: string | undefined;
}

/** Reads a line: the JSON of the Singer SDK, `METRIC:` of any Singer plugin, or plain text. */
export function readPluginLine(line: string): PluginLine {
  const at = line.indexOf('METRIC: {');
  if (at >= 0) {
    const metric = toMetric(tryJson(line.slice(at + 'METRIC: '.length)));
    if (metric) return { level: 'info', message: line, metric };
  }
  const value = line.startsWith('{') ? tryJson(line) : undefined;
  if (!isDict(value)) return { level: 'info', message: line, metric: undefined };
  const message = value.get('message') ?? value.get('event');
  const level = pythonText(value.get('level') ?? value.get('levelname') ?? 'info').toLowerCase();
  return {
    level: levels.find((known) => known === level) ?? 'info',
    message: typeof message === 'string' ? message : line,
    metric: toMetric(value.get('metric_info')) ?? toMetric(value.get('point')),
  };
}

function toMetric(value: Value | undefined): Metric | undefined {
  if (!isDict(value)) return undefined;
  const name = value.get('metric');
  const amount = numberOf(value.get('value'));
  if (typeof name !== 'string' || amount === undefined) return undefined;
  const tags = value.get('tags');
  return { name, value: amount, stream: isDict(tags) ? streamOf(tags) : undefined };
}

function streamOf(tags: Dict): string | undefined {
  const stream = tags.get('stream') ?? tags.get('endpoint');
  return typeof stream === 'string' ? stream : undefined;
}

function numberOf(value: Value | undefined): number | undefined {
  if (value instanceof Float) return value.value;
  return typeof value === 'number' ? value : undefined;
}

function tryJson(text: string): Value | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}
