import type { Construct } from 'constructs';
import { RestrictedNamespace } from '../src/kubernetes/namespace';
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
    }
  }
}
