import { airflowPorts } from '../src/kubernetes/airflow-ports';
import { type AppLabels, selectorLabels } from '../src/kubernetes/labels';
import { namespacedPodRule, type NetworkRule, sourceRule } from '../src/kubernetes/network-policy';
import { nginxPorts } from '../src/kubernetes/nginx-configuration';
import type { Airflow, Ingress, NginxWay, Platform } from '../src/model/platform';
import { serverOf } from './airflow-props';

/** Labels of the pods of NGINX. */
function nginxPods({ name }: Ingress): Readonly<Record<string, string>> {
  return selectorLabels({
    app: 'ingress',
    instance: name,
    component: 'nginx',
    partOf: '',
  } satisfies AppLabels);
}

/** Labels of the pods that serve the pages of an Airflow. */
export function webPods(airflow: Airflow): Readonly<Record<string, string>> {
  return selectorLabels({ app: 'airflow', instance: airflow.key, component: serverOf(airflow), partOf: '' });
}

/** Who may come to the pages of an Airflow from outside of it. */
export function webIngress(ingress: Ingress): NetworkRule {
  const { way } = ingress;
  return way.kind === 'nginx'
    ? namespacedPodRule(ingress.namespace, nginxPods(ingress), [airflowPorts.api])
    : sourceRule(way.sources, [airflowPorts.api]);
}

/** What NGINX may receive and send. */
export function nginxTraffic(
  platform: Platform,
  ingress: Ingress,
  way: NginxWay,
): {
  readonly podSelector: Readonly<Record<string, string>>;
  readonly ingress: readonly NetworkRule[];
  readonly egress: readonly NetworkRule[];
} {
  const led = platform.airflow.filter(({ key }) => ingress.hosts.some(({ airflow }) => airflow === key));
  return {
    podSelector: nginxPods(ingress),
    ingress: [sourceRule(way.allow, [nginxPorts.http, nginxPorts.https])],
    egress: led.map((airflow) => namespacedPodRule(airflow.namespace, webPods(airflow), [airflowPorts.api])),
  };
}
