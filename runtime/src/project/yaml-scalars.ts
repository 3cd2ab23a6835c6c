import { Float, integer, type Value } from '../value/value';

const nothing = /^(?:~|null|Null|NULL|)$/;
const truth = /^(?:true|True|TRUE|false|False|FALSE)$/;
const float =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+|[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const whole = /^(?:[-+]?0b[01_]+|[-+]?0o[0-7_]+|[-+]?[0-9][0-9_]*|[-+]?0x[0-9a-fA-F_]+)$/;
const day = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const moment =
  /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]|[ \t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]*))?[ \t]*(Z|[-+][0-9]{1,2}(?::?[0-9]{2})?)?$/;

/**
 * What an unquoted scalar of YAML 1.2 stands for in Meltano: `1_000` is 1000, `0o17` is 15, `017` is 17, `yes` is a
 * text, a date is its ISO text without an offset.
 */
export function plainScalar(text: string): Value {
  if (nothing.test(text)) return null;
  if (truth.test(text)) return text.toLowerCase() === 'true';
  if (float.test(text)) return new Float(floatOf(text.replace(/_/g, '')));
  if (whole.test(text)) return wholeOf(text.replace(/[_+]/g, ''));
  if (day.test(text)) return text;
  const found = moment.exec(text);
  return found ? isoText(found) : text;
}

function floatOf(text: string): number {
  if (/nan$/i.test(text)) return NaN;
  if (/inf$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return Number(text);
}

function wholeOf(text: string): number | bigint {
  const negative = text.startsWith('-');
  const digits = text.replace('-', '');
  // The prefixes 0x, 0o and 0b are the same in both languages; zeros in front are not octal here.
  const value = integer(/^0[xob]/.test(digits) ? BigInt(digits).toString() : digits);
  return negative ? -value : value;
}

function isoText([, year, month, date, hour, minute, second, fraction, offset]: RegExpExecArray): string {
  const two = (digits: string | undefined): string => (digits ?? '').padStart(2, '0');
  // With an offset Meltano loses the fraction and the offset.
  const micro = fraction && offset === undefined ? Math.round(Number(`0.${fraction}`) * 1e6) : 0;
  const rest = micro === 0 ? '' : `.${String(micro).padStart(6, '0')}`;
  return `${year ?? ''}-${two(month)}-${two(date)}T${two(hour)}:${two(minute)}:${two(second)}${rest}`;
}
