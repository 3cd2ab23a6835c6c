const suffixes: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** Fields whose children, or which themselves, are quantities. */
const parents =
  /(^|\.)(requests|limits|hard|capacity|overhead|max|min|default|defaultRequest|maxLimitRequestRatio)\.[^.]+$/;
const fields = /(^|\.)(sizeLimit|divisor|averageValue|storage)$/;

/** Whether the field at a dotted path holds a quantity. */
export function isQuantity(path: string): boolean {
  return parents.test(path) || fields.test(path);
}

/**
 * A quantity as a number: `1000m`, `1` and `1e0` are the same. Undefined for a text that is none.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantityOf(value: unknown): number | undefined {
  const [, digits, suffix = ''] = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([A-Za-z]*)$/.exec(String(value)) ?? [];
  const unit = suffixes[suffix];
  const number = Number(digits) * (unit ?? Number.NaN);
  return Number.isFinite(number) ? number : undefined;
}
