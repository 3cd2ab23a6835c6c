import { attributeRule, oneOf } from '../attributes';

export const nodeVerifiedBoot = attributeRule({
  id: 'TL-NODE-004',
  title: 'Nodes start without verification',
  severity: 'error',
  why: 'A changed kernel or boot loader stays unseen',
  fix: 'switch secure boot and integrity monitoring on',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/shielded-gke-nodes',
  types: ['google_container_node_pool', 'google_container_cluster'],
  within: 'node_config',
  expects: {
    'shielded_instance_config.enable_secure_boot': oneOf(true),
    'shielded_instance_config.enable_integrity_monitoring': oneOf(true),
  },
});
