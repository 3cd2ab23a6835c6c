import type { ConfigPath } from '../config/problem';
import type { Access } from './platform';
import type { Scope } from './scope';

/**
 * Those who are let in, by one role. Call it after the workloads have been resolved: they are named as `meltano/KEY`
 * or `airflow/KEY`, and a problem is told at the line that names one which is not there.
 */
export function resolveAccess(
  scope: Scope,
  members: readonly string[],
  path: ConfigPath,
  role: string,
): Access[] {
  return members.flatMap((text, i): Access[] => {
    const [, kind, key = ''] = /^(airflow|meltano)\/(.+)$/.exec(text) ?? [];
    const origin = [...path, i];
    if (kind === undefined) return [{ key: text, member: text, identity: null, role, origin }];
    const section = kind === 'airflow' ? scope.config.airflow : scope.config.meltano;
    const what = kind === 'airflow' ? 'Airflow instance' : 'Meltano project';
    scope.problems.reference(origin, key, what, [kind], new Map(Object.entries(section)));
    const identity = scope.identities.get(`${kind}-${key}`);
    if (identity === undefined) return [];
    return [{ key: identity.key, member: identity.member, identity: identity.key, role, origin }];
  });
}
