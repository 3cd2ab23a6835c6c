import { Problem } from '../problem';

/** Whether a version meets a requirement of Python packages: `>=4.0,<5`, `~=4.4`, `==4.*`. */
export function meetsRequirement(version: string, requirement: string): boolean {
  return requirement
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .every((part) => meets(version, part));
}

function meets(version: string, part: string): boolean {
  const [, operator, wanted, star] = /^(===|==|!=|~=|<=|>=|<|>)\s*v?(\d+(?:\.\d+)*)(\.\*)?$/.exec(part) ?? [];
  if (operator === undefined || wanted === undefined) {
    throw new Problem(`requires_meltano has '${part}', which is no requirement`, {
      fix: 'Write it like `>=4.0,<5`.',
    });
  }
  const order = compare(version, wanted);
  const prefix = numbers(wanted).every((n, i) => n === (numbers(version)[i] ?? 0));
  switch (operator) {
    case '==':
    case '===':
      return star === undefined ? order === 0 : prefix;
    case '!=':
      return star === undefined ? order !== 0 : !prefix;
    case '~=':
      return (
        order >= 0 &&
        numbers(wanted)
          .slice(0, -1)
          .every((n, i) => n === (numbers(version)[i] ?? 0))
      );
    case '<':
      return order < 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    default:
      return order >= 0;
  }
}

function numbers(version: string): number[] {
  return version.split('.').map(Number);
}

function compare(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
