import { objectRule } from '../objects';
import { textsOf, treesOf } from '../tree';

/** Rights by which somebody can give himself all others. */
const strong = ['escalate', 'bind', 'impersonate'];

export const rbacWildcards = objectRule({
  id: 'TL-RBAC-001',
  title: 'A role allows more than anybody can list',
  severity: 'error',
  why: 'A wildcard holds what is installed tomorrow as well, and escalate, bind and impersonate hold everything',
  fix: 'name the groups, resources and verbs',
  see: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  kinds: ['Role', 'ClusterRole'],
  finds: (resource) =>
    treesOf(resource.body.rules).flatMap((rule, i) =>
      (['apiGroups', 'resources', 'verbs', 'nonResourceURLs'] as const).flatMap((name) =>
        textsOf(rule[name])
          .filter((text) => text === '*' || (name === 'verbs' && strong.includes(text)))
          .map((text) => ({ path: `rules[${i}].${name}`, found: text, wanted: 'what is needed' })),
      ),
    ),
});
