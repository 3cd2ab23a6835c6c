/** The Kubernetes composition: a chart per topic, and all of them in memory. */
export { AirflowChart } from './airflow-chart';
export { DatabasesChart } from './databases-chart';
export { IdentitiesChart } from './identities-chart';
export { MeltanoChart } from './meltano-chart';
export { NamespacesChart } from './namespaces-chart';
export { NetworkPoliciesChart } from './network-policies-chart';
export { originOf, tagOrigin } from './origins';
export { PipelinesChart } from './pipelines-chart';
export { PlatformChart, type PlatformChartProps } from './platform-chart';
export { SecretsChart } from './secrets-chart';
export { synthCharts } from './synth';
