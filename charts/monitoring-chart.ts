import type { Construct } from 'constructs';
import { GrafanaDashboard } from '../src/kubernetes/grafana-dashboard';
import { selectorLabels } from '../src/kubernetes/labels';
import { PodMonitoring } from '../src/kubernetes/pod-monitoring';
import { type AlertingRule, PrometheusRules } from '../src/kubernetes/prometheus-rules';
import { ServiceMonitor } from '../src/kubernetes/service-monitor';
import type { MetricRule } from '../src/model/platform';
import { metricsTargets } from './metrics-targets';
import { tagOrigin } from './origins';
import { PlatformChart, type PlatformChartProps } from './platform-chart';

/** What Prometheus reads in the cluster, what it judges by that, and with the operator the dashboards. */
export class MonitoringChart extends PlatformChart {
  constructor(scope: Construct, props: PlatformChartProps) {
    super(scope, '80-monitoring', props);
    if (this.platform.operations.prometheus.collector.kind === 'none') return;
    this.addTargets();
    this.addRules();
    this.addDashboards();
  }

  private addTargets(): void {
    const { collector } = this.platform.operations.prometheus;
    for (const { labels, origin, ...target } of metricsTargets(this.platform, this.cluster)) {
      const { name, namespace } = target;
      const shared = { ...target, labels, selector: selectorLabels(labels), port: 'metrics' };
      const id = `${namespace}-${name}`;
      tagOrigin(
        collector.kind === 'operator'
          ? new ServiceMonitor(this, id, { ...shared, foundBy: collector.labels })
          : new PodMonitoring(this, id, shared),
        origin,
      );
    }
  }

  /** One object for each namespace: the managed Prometheus shows a rule the metrics of its own alone. */
  private addRules(): void {
    const { collector, rules } = this.platform.operations.prometheus;
    if (collector.kind === 'none') return;
    const here = this.here(rules);
    for (const namespace of new Set(here.map((rule) => rule.namespace))) {
      const ofNamespace = here.filter((rule) => rule.namespace === namespace);
      const [first] = ofNamespace;
      const made = new PrometheusRules(this, `${namespace}-rules`, {
        name: 'alerts',
        namespace,
        labels: this.platformLabels('alerts'),
        judgedBy: collector.kind,
        ...(collector.kind === 'operator' ? { foundBy: collector.labels } : {}),
        rules: ofNamespace.map(toRule),
      });
      tagOrigin(made, ofNamespace.length === 1 && first !== undefined ? first.origin : ['monitoring']);
    }
  }

  private addDashboards(): void {
    const { collector, dashboards } = this.platform.operations.prometheus;
    if (collector.kind !== 'operator') return;
    for (const { airflow, namespace, charts, origin } of this.here(dashboards)) {
      const made = new GrafanaDashboard(this, `airflow-${airflow}-dashboard`, {
        name: `airflow-${airflow}-dashboard`,
        namespace,
        labels: this.instanceLabels('airflow', airflow, 'dashboard'),
        title: `${this.platform.prefix}: Airflow ${airflow}`,
        charts,
      });
      tagOrigin(made, origin);
    }
  }
}

function toRule({ key, expr, for: holds, severity, team, summary }: MetricRule): AlertingRule {
  return {
    alert: key,
    expr,
    for: holds,
    labels: { severity, ...(team === null ? {} : { team }) },
    annotations: summary === '' ? {} : { summary },
  };
}
