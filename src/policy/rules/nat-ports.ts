import { atLeast, attributeRule, oneOf } from '../attributes';

export const natPorts = attributeRule({
  id: 'TL-NET-007',
  title: 'A node can run out of ports',
  severity: 'warning',
  why: 'Many connections to one address use a port each',
  fix: 'enable dynamic port allocation, which wants endpoint-independent mapping off',
  see: 'https://cloud.google.com/nat/docs/ports-and-addresses',
  types: ['google_compute_router_nat'],
  expects: {
    enable_dynamic_port_allocation: oneOf(true),
    enable_endpoint_independent_mapping: oneOf(false),
    min_ports_per_vm: atLeast(32),
    max_ports_per_vm: atLeast(64),
  },
});
