import type { ConfigPath } from '../config/problem';
import type { Access } from './platform';
import type { Scope } from './scope';

/**
 * Those who are let in, by one role. Call it after the workloads have been resolved: they are named as `meltano/KEY`,
 * `airflow/KEY` or `tasks/KEY`, and a problem is told at the line that names one which is not there.
 */
export function resolveAccess(
  scope: Scope,
  members: readonly string[],
  path: ConfigPath,
  role: string,
): Access[] {
  return members.flatMap((text, i): Access[] => {
    const [, kind, key = ''] = /^(airflow|meltano|tasks)\/(.+)$/.exec(text) ?? [];
    const origin = [...path, i];
    if (kind === undefined) return [{ key: text, member: text, identity: null, role, origin }];
    const section = kind === 'meltano' ? 'meltano' : 'airflow';
    const what = kind === 'meltano' ? 'Meltano project' : 'Airflow instance';
    const declared = new Map(Object.entries<unknown>(scope.config[section]));
    const found = scope.problems.reference(origin, key, what, [section], declared);
    const identity = scope.identities.get(`${kind}-${key}`);
    if (identity === undefined) {
      if (found !== undefined && kind === 'tasks') tellNoTasks(scope, origin, key);
      return [];
    }
    return [{ key: identity.key, member: identity.member, identity: identity.key, role, origin }];
  });
}

function tellNoTasks(scope: Scope, path: ConfigPath, key: string): void {
  scope.problems.add({
    path,
    message: `all tasks of the Airflow '${key}' run as Meltano projects, so there is nobody to let in`,
    found: `tasks/${key}`,
    allowed: 'tasks/KEY of an Airflow with tasks of no Meltano project, or meltano/KEY',
    fix: 'name the Meltano projects, or remove it',
    dependsOn: [['pipelines']],
  });
}
