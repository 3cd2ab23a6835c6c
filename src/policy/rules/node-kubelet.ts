import { attributeRule, oneOf } from '../attributes';

export const nodeKubelet = attributeRule({
  id: 'TL-NODE-006',
  title: 'The kubelet answers anonymous requests',
  severity: 'error',
  why: 'Its read-only port tells anybody in the network which pods run with which settings',
  fix: 'set insecure_kubelet_readonly_port_enabled to FALSE',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/disable-kubelet-readonly-port',
  types: ['google_container_node_pool', 'google_container_cluster'],
  within: 'node_config',
  expects: {
    'kubelet_config.insecure_kubelet_readonly_port_enabled': oneOf('FALSE'),
  },
});
