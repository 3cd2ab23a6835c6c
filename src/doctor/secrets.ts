import { createHash } from 'node:crypto';
import type { Kubectl } from './cluster';
import { complaint, type Finding, parsed } from './finding';

/** A Kubernetes Secret that pods read. */
export interface ExpectedSecret {
  readonly name: string;
  readonly namespace: string;
  readonly keys: readonly string[];
  /** Whether its values are the same in every namespace. */
  readonly isShared: boolean;
  /** What brings it there. */
  readonly fix: string;
}

/**
 * Whether every Secret has its keys, none of them empty, and those of several namespaces the same values. Values are
 * compared by their hashes and shown nowhere.
 */
export function checkSecrets(area: string, kubectl: Kubectl, expected: readonly ExpectedSecret[]): Finding[] {
  const hashes = new Map<string, { namespace: string; hash: string }>();
  return expected.map((secret): Finding => {
    const { name, namespace, keys, isShared, fix } = secret;
    const id = `secret ${namespace}/${name}`;
    const said = kubectl([
      'get',
      'secret',
      name,
      `--namespace=${namespace}`,
      '--ignore-not-found',
      '--output=json',
    ]);
    if (said.status !== 0) {
      return {
        area,
        id,
        verdict: 'skipped',
        text: `the Secret ${namespace}/${name} cannot be seen: ${complaint(said)}`,
      };
    }
    const { data } = (parsed(said.stdout) ?? {}) as { data?: Record<string, string> };
    if (said.stdout.trim() === '') {
      return { area, id, verdict: 'failed', text: `the Secret ${namespace}/${name} is not there`, fix };
    }
    const missing = keys.filter((key) => (data?.[key] ?? '') === '');
    if (missing.length > 0) {
      return {
        area,
        id,
        verdict: 'failed',
        text: `the Secret ${namespace}/${name} has nothing under ${missing.join(', ')}`,
        fix,
      };
    }
    const hash = createHash('sha256')
      .update(JSON.stringify(keys.map((key) => [key, data?.[key]])))
      .digest('hex');
    const other = isShared ? hashes.get(name) : undefined;
    hashes.set(name, other ?? { namespace, hash });
    if (other !== undefined && other.hash !== hash) {
      return {
        area,
        id,
        verdict: 'failed',
        text: `the Secret ${name} holds other values in ${namespace} than in ${other.namespace}`,
        fix,
      };
    }
    return {
      area,
      id,
      verdict: 'ok',
      text: `the Secret ${namespace}/${name} has ${keys.length === 1 ? 'its key' : `its ${keys.length} keys`}`,
    };
  });
}
