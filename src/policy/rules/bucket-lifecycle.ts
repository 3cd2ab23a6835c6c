import { isTree, shown, textOf, treesOf, valueAt } from '../tree';
import { notApplicable, type Rule, type Tree, type Violation, verdictOf } from '../types';

/** Conditions that keep an object for a time, or keep the newer ones. */
const bounds = ['age', 'days_since_noncurrent_time', 'days_since_custom_time', 'num_newer_versions'];
const storageClasses = ['STANDARD', 'NEARLINE', 'COLDLINE', 'ARCHIVE'];
const dates = ['created_before', 'noncurrent_time_before', 'custom_time_before'];

const aboutOldVersions = (condition: Tree) =>
  ['days_since_noncurrent_time', 'num_newer_versions', 'noncurrent_time_before'].some(
    (name) => condition[name] !== undefined,
  );

function findings(body: Tree): Violation[] {
  const rules = treesOf(body.lifecycle_rule);
  const found = rules.flatMap((rule, i): Violation[] => {
    const action = valueAt(rule, 'action.type');
    const conditions = treesOf(rule.condition);
    const condition = conditions[0] ?? {};
    const path = `lifecycle_rule[${i}]`;
    if (!['Delete', 'SetStorageClass', 'AbortIncompleteMultipartUpload'].includes(textOf(action))) {
      return [{ path: `${path}.action.type`, found: shown(action), wanted: 'what is to be done' }];
    }
    if (
      action === 'SetStorageClass' &&
      !storageClasses.includes(textOf(valueAt(rule, 'action.storage_class')))
    ) {
      const found = shown(valueAt(rule, 'action.storage_class'));
      return [{ path: `${path}.action.storage_class`, found, wanted: storageClasses.join(', ') }];
    }
    const bounded =
      bounds.some((name) => Number(condition[name]) > 0) ||
      dates.some((name) => condition[name] !== undefined);
    if (action !== 'SetStorageClass' && !bounded) {
      const wanted = `${bounds.join(', ')} or a date`;
      return [{ path: `${path}.condition`, found: 'no bound: it acts on everything at once', wanted }];
    }
    const old = aboutOldVersions(condition);
    if (action === 'Delete' && old && condition.with_state !== 'ARCHIVED') {
      return [
        { path: `${path}.condition.with_state`, found: shown(condition.with_state), wanted: 'ARCHIVED' },
      ];
    }
    return [];
  });
  const versioned = isTree(body.versioning) && String(body.versioning.enabled) === 'true';
  const cleansVersions = rules.some(
    (rule) => valueAt(rule, 'action.type') === 'Delete' && treesOf(rule.condition).some(aboutOldVersions),
  );
  const cleansUploads = rules.some(
    (rule) => valueAt(rule, 'action.type') === 'AbortIncompleteMultipartUpload',
  );
  if (versioned && !cleansVersions) {
    found.push({
      path: 'lifecycle_rule',
      found: 'old versions stay for ever',
      wanted: 'a rule that deletes them',
    });
  }
  if (!cleansUploads) {
    found.push({
      path: 'lifecycle_rule',
      found: 'broken uploads stay for ever',
      wanted: 'a rule that aborts them',
    });
  }
  return found;
}

export const bucketLifecycle: Rule = {
  id: 'TL-GCS-006',
  title: 'The life cycle of a bucket deletes too much or too little',
  severity: 'warning',
  why: 'A rule without a bound deletes what is needed, and without rules old versions cost more than the data',
  fix: 'delete old versions after a time, and abort uploads that were never finished',
  see: 'https://cloud.google.com/storage/docs/lifecycle',
  types: ['google_storage_bucket'],
  checks: (resource) =>
    resource.kind === 'terraform' && resource.type === 'google_storage_bucket'
      ? verdictOf(findings(resource.body))
      : notApplicable,
};
