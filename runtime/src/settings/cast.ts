import { Problem } from '../problem';
import { parseJson, JsonError } from '../value/json-parse';
import { printJson } from '../value/json-print';
import { parsePythonLiteral } from '../value/python-literal';
import { pythonText } from '../value/python-text';
import { Float, integer, isDict, isEqual, type Value } from '../value/value';
import { parseDate } from './date';
import type { Processor, SettingDefinition } from './definition';
import { nest } from './nest';

/** Whether a text means yes. */
export function isYes(text: string): boolean {
  return ['true', '1', 'yes', 'on'].includes(text.toLowerCase());
}

/** A value as its setting's kind wants it; only texts are ever changed. */
export function castValue(definition: SettingDefinition, given: Value): Value {
  let value = given;
  if (typeof value === 'string') value = castText(definition, value);
  if (
    value !== null &&
    definition.kind === 'options' &&
    !definition.options.some((option) => isEqual(option, value))
  ) {
    throw new Problem(
      `the setting '${definition.name}' is '${pythonText(value)}', expected one of ${definition.options.map(pythonText).join(', ')}`,
    );
  }
  return value !== null && definition.processor ? process(definition.processor, value) : value;
}

/** What is done with a value just before it is written into the plugin's configuration. */
export function postProcess(definition: SettingDefinition, value: Value): Value {
  if (value === null) return null;
  if (definition.postProcessor) return process(definition.postProcessor, value);
  return definition.kind === 'date_iso8601' ? process('parse_date', value) : value;
}

/** A value as the text of a variable. */
export function stringify(definition: SettingDefinition, value: Value): string {
  if (typeof value === 'string') return value;
  if (definition.kind === undefined || definition.kind === 'string' || definition.kind === 'decimal')
    return pythonText(value);
  return printJson(value);
}

function castText(definition: SettingDefinition, text: string): Value {
  switch (definition.kind) {
    case 'boolean':
      return isYes(text);
    case 'integer': {
      const digits = text.trim();
      if (!/^[+-]?\d+(_\d+)*$/.test(digits)) throw notA(definition, 'a whole number');
      return integer(digits.replace(/[_+]/g, '').replace(/^(-?)0+(?=\d)/, '$1'));
    }
    case 'decimal': {
      const digits = text.trim().replace(/_/g, '');
      if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(digits)) throw notA(definition, 'a number');
      return new Float(Number(digits));
    }
    case 'object': {
      const value = structured(definition, text);
      if (!isDict(value)) throw notA(definition, 'a JSON object');
      return value;
    }
    case 'array': {
      const value = structured(definition, text);
      // A quoted text is a sequence too, of its letters.
      if (typeof value === 'string') return Array.from(value);
      if (!Array.isArray(value)) throw notA(definition, 'a JSON array');
      return value;
    }
    default:
      return text;
  }
}

function structured(definition: SettingDefinition, text: string): Value {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const value = parsePythonLiteral(text);
    if (value === undefined)
      throw notA(definition, definition.kind === 'array' ? 'a JSON array' : 'a JSON object');
    return value;
  }
}

// The value itself is not told: it may be a secret.
function notA(definition: SettingDefinition, expected: string): Problem {
  return new Problem(`the setting '${definition.name}' is not ${expected}`, {
    fix: `Give ${expected}; its value is not shown here, since it may be a secret.`,
  });
}

function process(processor: Processor, value: Value): Value {
  switch (processor) {
    case 'nest_object':
      return isDict(value) ? nest(value, { unescape: true }) : value;
    case 'upcase_string':
      return typeof value === 'string' ? value.toUpperCase() : value;
    case 'stringify':
      return typeof value === 'string' ? value : printJson(value);
    case 'parse_date':
      return typeof value === 'string' ? parseDate(value, new Date()) : value;
  }
}
