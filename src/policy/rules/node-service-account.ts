import { attributeRule } from '../attributes';
import { ownServiceAccount } from '../gke';

export const nodeServiceAccount = attributeRule({
  id: 'TL-NODE-001',
  title: 'Nodes run as the default service account',
  severity: 'error',
  why: 'It may edit the whole project, and so may whoever takes over a node',
  fix: 'name a service account of its own',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#use_least_privilege_sa',
  types: ['google_container_node_pool', 'google_container_cluster'],
  within: 'node_config',
  expects: {
    service_account: ownServiceAccount,
  },
});
