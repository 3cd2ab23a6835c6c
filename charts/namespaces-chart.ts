import { Construct } from 'constructs';
import { LimitRange } from '../src/kubernetes/limit-range';
import { RestrictedNamespace } from '../src/kubernetes/namespace';
import { ResourceQuota } from '../src/kubernetes/resource-quota';
import type { Namespace } from '../src/model/platform';
import { tagOrigin } from './origins';
import { PlatformChart, type PlatformChartProps } from './platform-chart';

/** The namespaces; everything else is inside them. */
export class NamespacesChart extends PlatformChart {
  constructor(scope: Construct, props: PlatformChartProps) {
    super(scope, '00-namespaces', props);
    for (const namespace of this.here(this.platform.namespaces)) {
      const made = new RestrictedNamespace(this, namespace.name, {
        name: namespace.name,
        labels: this.platformLabels('namespace'),
        extraLabels: namespace.labels,
      });
      tagOrigin(made, namespace.origin);
      this.addLimits(namespace);
    }
  }

  /** What pods may have, all together and each that says nothing; and no way in but those that ingress makes. */
  private addLimits({ name, quota, containerDefaults, origin }: Namespace): void {
    const props = { name: 'limits', namespace: name, labels: this.platformLabels('namespace') };
    const { ingress } = this.platform;
    const isWay = ingress?.way.kind === 'nginx' && ingress.namespace === name;
    const limits = new Construct(this, `${name}-limits`);
    new ResourceQuota(limits, 'quota', {
      ...props,
      hard: {
        ...quota,
        'services.loadbalancers': isWay ? '1' : '0',
        // Those of the load balancer: one for each of its ports.
        'services.nodeports': isWay ? '2' : '0',
      },
    });
    new LimitRange(limits, 'containers', { ...props, defaults: containerDefaults });
    // A platform without declared namespaces has one that is called after it.
    tagOrigin(
      limits,
      origin[0] === 'namespaces' && Object.keys(quota).length > 0 ? [...origin, 'quota'] : origin,
    );
  }
}
