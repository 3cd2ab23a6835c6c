import { attributeRule, oneOf } from '../attributes';

export const networkRouting = attributeRule({
  id: 'TL-NET-002',
  title: 'How far routes reach is not said',
  severity: 'warning',
  why: 'Global routing carries the routes of one region into all others',
  fix: 'set routing_mode',
  see: 'https://cloud.google.com/vpc/docs/vpc#routing_for_hybrid_networks',
  types: ['google_compute_network'],
  expects: {
    routing_mode: oneOf('REGIONAL', 'GLOBAL'),
  },
});
