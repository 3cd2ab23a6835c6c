import { attributeRule, oneOf } from '../attributes';
import { isStandard } from '../gke';

export const gkeAddons = attributeRule({
  id: 'TL-GKE-018',
  title: 'An add-on that workloads rely on is off',
  severity: 'warning',
  why: 'Autoscaling, load balancing or disks then fail only when they are first used',
  fix: 'switch the load balancing, the horizontal autoscaler and the disk driver on',
  see: 'https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1beta1/AddonsConfig',
  types: ['google_container_cluster'],
  when: isStandard,
  expects: {
    'addons_config.http_load_balancing.disabled': oneOf(false),
    'addons_config.horizontal_pod_autoscaling.disabled': oneOf(false),
    'addons_config.gce_persistent_disk_csi_driver_config.enabled': oneOf(true),
  },
});
