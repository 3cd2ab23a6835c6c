import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

/** An alert. */
export interface AlertingRule {
  /** Name of the alert. */
  readonly alert: string;
  /** PromQL; every series that it returns is an alert. */
  readonly expr: string;
  /** For how long it must hold, as a duration of Prometheus. */
  readonly for: string;
  /** Labels, by which Alertmanager routes. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface PrometheusRulesProps extends ObjectProps {
  /**
   * `managed`: Managed Service for Prometheus, which shows the rules only metrics of their own namespace. `operator`:
   * the Prometheus operator.
   */
  readonly judgedBy: 'managed' | 'operator';
  readonly rules: readonly AlertingRule[];
  /** Labels by which the operator's Prometheus finds them. @default - none */
  readonly foundBy?: Readonly<Record<string, string>>;
}

/**
 * Alerts that Prometheus judges in the cluster, every half minute.
 * @see https://github.com/GoogleCloudPlatform/prometheus-engine/blob/main/doc/api.md#rules
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule
 */
export class PrometheusRules extends Construct {
  constructor(scope: Construct, id: string, props: PrometheusRulesProps) {
    super(scope, id);
    const metadata = renderMetadata(props);
    const isManaged = props.judgedBy === 'managed';
    new ApiObject(this, 'Resource', {
      apiVersion: isManaged ? 'monitoring.googleapis.com/v1' : 'monitoring.coreos.com/v1',
      kind: isManaged ? 'Rules' : 'PrometheusRule',
      metadata: { ...metadata, labels: { ...props.foundBy, ...metadata.labels } },
      spec: { groups: [{ name: props.name, interval: '30s', rules: props.rules }] },
    });
  }
}
