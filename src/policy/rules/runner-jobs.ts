import { objectRule } from '../objects';
import { isTree, valueAt } from '../tree';

/** Settings of GitLab Runner that give whoever can change a `.gitlab-ci.yml` more than a job needs. */
const open: readonly { readonly setting: RegExp; readonly wanted: string }[] = [
  { setting: /^\s*(?:allow_)?privilege(?:d|_escalation)\s*=\s*true/m, wanted: 'false' },
  { setting: /^\s*namespace_overwrite_allowed\s*=\s*"[^"]+"/m, wanted: 'nothing, as by default' },
  { setting: /^\s*service_account_overwrite_allowed\s*=\s*"[^"]+"/m, wanted: 'nothing, as by default' },
  { setting: /^\s*bearer_token_overwrite_allowed\s*=\s*true/m, wanted: 'false' },
  { setting: /^\s*run_as_user\s*=\s*0\b/m, wanted: 'a user of at least 10000' },
];

export const runnerJobs = objectRule({
  id: 'TL-RUN-004',
  title: 'Jobs of a GitLab Runner may become more than jobs',
  severity: 'error',
  why: 'Whoever can push a branch writes the job, and so becomes root of the node or another service account',
  fix: 'remove the setting from config.toml',
  see: 'https://docs.gitlab.com/runner/executors/kubernetes/',
  kinds: ['ConfigMap'],
  finds: ({ body }) => {
    const data = valueAt(body, 'data');
    const text = isTree(data) ? data['config.toml'] : undefined;
    if (typeof text !== 'string' || !text.includes('[runners.kubernetes]')) return [];
    return open.flatMap(({ setting, wanted }) => {
      const found = setting.exec(text)?.[0];
      return found === undefined ? [] : [{ path: 'data["config.toml"]', found: found.trim(), wanted }];
    });
  },
});
