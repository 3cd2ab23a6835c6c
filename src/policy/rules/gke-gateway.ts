import { attributeRule, oneOf } from '../attributes';

export const gkeGateway = attributeRule({
  id: 'TL-GKE-025',
  title: 'The Gateway API is half switched on',
  severity: 'warning',
  why: 'Without its channel the cluster has no Gateway, and web interfaces have no way in',
  fix: 'set gateway_api_config.channel to CHANNEL_STANDARD',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/deploying-gateways',
  types: ['google_container_cluster'],
  within: 'gateway_api_config',
  expects: { channel: oneOf('CHANNEL_STANDARD') },
});
