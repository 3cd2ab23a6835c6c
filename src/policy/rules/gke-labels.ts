import { attributeRule, said } from '../attributes';

export const gkeLabels = attributeRule({
  id: 'TL-GKE-023',
  title: 'A cluster has no labels',
  severity: 'warning',
  why: 'Nobody can tell whose it is, or what it costs',
  fix: 'set resource_labels',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/creating-managing-labels',
  types: ['google_container_cluster'],
  expects: {
    resource_labels: said,
  },
});
