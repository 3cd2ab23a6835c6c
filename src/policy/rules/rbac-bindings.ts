import { objectRule } from '../objects';
import { shown, textOf, treesOf, valueAt } from '../tree';

const everybody = [
  'system:anonymous',
  'system:unauthenticated',
  'system:authenticated',
  'system:serviceaccounts',
];

export const rbacBindings = objectRule({
  id: 'TL-RBAC-002',
  title: 'A binding makes somebody master of the cluster, or is for everybody',
  severity: 'error',
  why: 'On GKE everybody with an account at Google is authenticated',
  fix: 'bind a role with the rights that are needed to a group or a service account',
  see: 'https://cloud.google.com/kubernetes-engine/docs/best-practices/rbac',
  kinds: ['RoleBinding', 'ClusterRoleBinding'],
  finds: (resource) => {
    const role = textOf(valueAt(resource.body, 'roleRef.name'));
    return [
      ...(role === 'cluster-admin'
        ? [{ path: 'roleRef.name', found: role, wanted: 'a role with the rights that are needed' }]
        : []),
      ...treesOf(resource.body.subjects).flatMap((subject, i) =>
        everybody.includes(textOf(subject.name)) ||
        (subject.kind === 'ServiceAccount' && subject.name === 'default')
          ? [
              {
                path: `subjects[${i}].name`,
                found: shown(subject.name),
                wanted: 'a group or a service account',
              },
            ]
          : [],
      ),
    ];
  },
});
