import type { Advice } from './advice';

/** Parts of load balancers. */
export const loadBalancer: Advice = {
  types:
    /^google_compute_(global_)?(region_)?(forwarding_rule|target_\w+|url_map|backend_(service|bucket)|ssl_certificate|managed_ssl_certificate|health_check)$/,
  lost: 'In between nobody is answered through it.',
  instead: 'set `lifecycle.create_before_destroy` and give the new one another name',
};
