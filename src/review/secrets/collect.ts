import type { KubernetesObject } from '../kubernetes/object';
import { factsOf } from '../terraform/provider-facts';
import type { Resource } from '../terraform/evaluate';
import { isTree, type Tree } from '../types';
import { isValueKey, labelOf, printable, quickSecretsIn, secretsIn, secretsOf } from './find';
import { isSecretName } from './names';

const quick = { scan: quickSecretsIn };

/** The secrets of a manifest. */
export function secretsOfObject({ kind, body }: KubernetesObject): string[] {
  if (kind !== 'Secret') return [...secretsOf(body, '', 0, quick)];
  const { data, stringData, ...rest } = body;
  const values = [
    ...entriesOf(data).map(([name, value]) => [name, decoded(value)] as const),
    ...entriesOf(stringData),
  ];
  return [
    ...values.flatMap(([name, value]) => ofSecret(name, value)),
    ...entriesOf(data).flatMap(([name, value]) => (isTelling(name, decoded(value)) ? [value] : [])),
    ...secretsOf(rest, '', 0, quick),
  ];
}

function ofSecret(name: string, value: string): string[] {
  return [...(isTelling(name, value) ? [value] : []), ...secretsIn(value)];
}

/** A user, a host or a name of a database stands in a Secret as well, and everywhere else. */
function isTelling(name: string, value: string): boolean {
  if (isSecretName(name) || /key|cert|pem|json/i.test(name)) return true;
  return (
    value.length >= 8 && /\d/.test(value) && /[A-Za-z]/.test(value) && !/^[\w-]+(\.[\w-]+)+$|@/.test(value)
  );
}

function entriesOf(value: unknown): (readonly [string, string])[] {
  return isTree(value)
    ? Object.entries(value).flatMap(([name, item]) =>
        typeof item === 'string' || typeof item === 'number' ? [[name, String(item)] as const] : [],
      )
    : [];
}

function decoded(value: string): string {
  return printable(Buffer.from(value, 'base64')) ?? value;
}

/** The secrets of a resource: what the provider says is sensitive, and what looks like one. */
export function secretsOfResource({ type, values }: Resource): string[] {
  const facts = factsOf(type);
  const found: string[] = [];
  const visit = (value: unknown, path: string, name: string): void => {
    const fact = facts?.get(path);
    if (fact?.sensitive === true || fact?.writeOnly === true) found.push(...leavesOf(value));
    else if (Array.isArray(value) && value.every(isTree))
      value.forEach((item) => {
        visit(item, path, name);
      });
    else if (isTree(value) && fact?.type !== 'map') {
      const label = labelOf(value);
      for (const [key, item] of Object.entries(value)) {
        // A pair of a name and a value tells by its name.
        if (label !== undefined && isValueKey(key)) found.push(...secretsOf(item, label, 0, quick));
        visit(item, path === '' ? key : `${path}.${key}`, key);
      }
    } else found.push(...secretsOf(value, name, 0, { ...quick, isNamed: fact === undefined }));
  };
  visit(values, '', '');
  return found;
}

/** The texts of a value that is secret as a whole. */
function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return value.includes('${') ? [] : [value, ...secretsIn(value)];
  if (typeof value === 'number') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

/** Defaults of variables that are said to be sensitive, and everything in variables and locals that looks so. */
export function secretsOfSettings(variables: Tree, locals: Tree): string[] {
  const declared = Object.entries(variables).flatMap(([name, variable]) => {
    const [one] = Array.isArray(variable) ? (variable as readonly unknown[]) : [variable];
    if (!isTree(one)) return [];
    return one.sensitive === true ? leavesOf(one.default) : [...secretsOf(one.default, name, 0, quick)];
  });
  return [...declared, ...secretsOf(locals, '', 0, quick)];
}
