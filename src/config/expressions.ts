import { isTree } from './environments';
import type { ConfigPath, Problem } from './problem';

/**
 * Where `${` is an ordinary text: what reaches only Kubernetes, and what is escaped for Terraform, since filters and
 * the texts of alerts may hold it. An asterisk stands for any key.
 */
const beyondTerraform = [
  'access.roles.*.title',
  'dns.zones.*.records',
  'logging',
  'monitoring',
  'airflow.*.dags',
  'airflow.*.env',
  'meltano.*.env',
  'meltano.*.scheduler.command',
  'pipelines.*.env',
  'pipelines.*.run',
  'pipelines.*.command',
  'pipelines.*.description',
  'pipelines.*.tasks',
  'airflow.*.tasks.env',
].map((path) => path.split('.'));

/** Finds texts and keys that Terraform would read as a template instead of taking them as they are. */
export function findExpressions(value: unknown, path: ConfigPath = []): Problem[] {
  if (beyondTerraform.some((parts) => isAt(path, parts))) return [];
  if (typeof value === 'string') return opensTemplate(value) ? [expression(path)] : [];
  if (Array.isArray(value)) return value.flatMap((item, i) => findExpressions(item, [...path, i]));
  if (!isTree(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    opensTemplate(key)
      ? [{ ...expression([...path, key]), at: 'key' as const }]
      : findExpressions(item, [...path, key]),
  );
}

function opensTemplate(text: string): boolean {
  return /[$%]\{/.test(text);
}

function isAt(path: ConfigPath, parts: readonly string[]): boolean {
  return path.length === parts.length && parts.every((part, i) => part === '*' || part === path[i]);
}

function expression(path: ConfigPath): Problem {
  return {
    path,
    message: 'Terraform would read this as an expression',
    allowed: 'a text without ${ and %{',
    fix: 'write the value itself: nothing is filled in here',
  };
}
