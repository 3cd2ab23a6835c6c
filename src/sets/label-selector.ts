type Tree = Readonly<Record<string, unknown>>;

/** Whether a selector asks for nothing. */
export function selectsAll(selector: unknown): boolean {
  if (!isTree(selector)) return true;
  const labels = isTree(selector.matchLabels) ? Object.keys(selector.matchLabels).length : 0;
  return labels === 0 && treesOf(selector.matchExpressions).length === 0;
}

/** Whether a selector chooses something with these labels. */
export function selects(selector: unknown, labels: Tree): boolean {
  if (!isTree(selector)) return true;
  const matches = Object.entries(isTree(selector.matchLabels) ? selector.matchLabels : {});
  if (!matches.every(([name, value]) => labels[name] === value)) return false;
  return treesOf(selector.matchExpressions).every(({ key, operator, values }) => {
    const value = labels[String(key)];
    const among = Array.isArray(values) && values.includes(value);
    if (operator === 'In') return value !== undefined && among;
    if (operator === 'NotIn') return value === undefined || !among;
    return operator === 'Exists' ? value !== undefined : value === undefined;
  });
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function treesOf(value: unknown): readonly Tree[] {
  return Array.isArray(value) ? value.filter(isTree) : [];
}
