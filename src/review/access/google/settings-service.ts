import { Addresses } from '../../../sets/addresses';
import { textOf } from '../../equal';
import type { Setting } from './settings';
import { isTrue, whenever } from './settings-cluster';
import { blocks, keyOf, texts, valueAt } from './thing';

const internet = 'the internet';

/** From where a service without servers lets itself be called. */
function ingress(types: readonly string[], path: string): Setting {
  return {
    types,
    paths: [path],
    opens: (values) => {
      const written = textOf(valueAt(values, path))
        .replace(/^INGRESS_TRAFFIC_/, '')
        .toLowerCase()
        .replace(/_/g, '-');
      const from = written === '' ? 'all' : written.replace('allow-', '');
      return [
        { principal: 'the own networks', what: 'calls it' },
        ...(from.startsWith('internal') && !from.includes('load-balanc') && !from.includes('gclb')
          ? []
          : [{ principal: 'whoever reaches the load balancer', what: 'calls it' }]),
        ...(from === 'all' ? [{ principal: internet, what: 'calls it' }] : []),
      ];
    },
  };
}

/** Who gets at services that run programs or pass messages on. */
export const serviceSettings: readonly Setting[] = [
  ingress(['google_cloud_run_v2_service'], 'ingress'),
  ingress(['google_cloudfunctions_function'], 'ingress_settings'),
  ingress(['google_cloudfunctions2_function'], 'service_config.ingress_settings'),
  {
    types: ['google_cloud_run_service'],
    paths: ['metadata.annotations'],
    opens: (values) => {
      const annotations = valueAt(values, 'metadata.annotations');
      const written =
        typeof annotations === 'object' && annotations !== null
          ? textOf((annotations as Readonly<Record<string, unknown>>)['run.googleapis.com/ingress'])
          : '';
      return written === '' || written === 'all' ? [{ principal: internet, what: 'calls it' }] : [];
    },
  },
  whenever(
    ['google_cloud_run_v2_service'],
    'invoker_iam_disabled',
    (value) => isTrue(value, false),
    'allUsers',
    'calls it without a right in IAM',
  ),
  {
    types: ['google_cloud_run_v2_service', 'google_cloud_run_v2_job', 'google_cloudfunctions_function'],
    paths: ['template.service_account', 'template.template.service_account', 'service_account_email'],
    onlyChanged: true,
    opens: (values) => {
      const account =
        textOf(valueAt(values, 'template.service_account')) ||
        textOf(valueAt(values, 'template.template.service_account')) ||
        textOf(values.service_account_email);
      return [
        { principal: 'its program', what: `acts as ${account === '' ? 'the default account' : account}` },
      ];
    },
  },
  {
    types: ['google_composer_environment'],
    paths: ['config.web_server_network_access_control'],
    opens: (values) => {
      const control = valueAt(values, 'config.web_server_network_access_control');
      const ranges = blocks(blocks(control)[0]?.allowed_ip_range).flatMap((one) => texts(one.value));
      return [
        {
          principal: control === undefined ? Addresses.all : Addresses.of(ranges),
          what: 'web server of Airflow',
        },
      ];
    },
  },
  whenever(
    ['google_composer_environment'],
    'config.private_environment_config.enable_private_endpoint',
    (value) => !isTrue(value, false),
    internet,
    'control plane of its cluster',
  ),
  {
    types: ['google_pubsub_subscription'],
    paths: ['push_config'],
    opens: (values) =>
      texts(valueAt(values, 'push_config.push_endpoint')).map((to) => ({
        principal: to.replace(/[?#].*$/s, ''),
        what: `gets the messages of ${keyOf(values.topic)}`,
      })),
  },
  {
    types: ['google_logging_project_sink', 'google_logging_folder_sink', 'google_logging_organization_sink'],
    paths: ['destination'],
    opens: (values) =>
      texts(values.destination).map((to) => ({ principal: `readers of ${to}`, what: 'logs' })),
  },
  whenever(
    ['google_dataproc_cluster'],
    'cluster_config.gce_cluster_config.internal_ip_only',
    (value) => !isTrue(value, false),
    internet,
    'machines with public addresses',
  ),
  whenever(
    ['google_notebooks_instance', 'google_workbench_instance'],
    'no_public_ip',
    (value) => !isTrue(value, false),
    internet,
    'public address',
  ),
  {
    types: ['google_bigquery_analytics_hub_listing', 'google_bigquery_analytics_hub_data_exchange'],
    paths: ['discovery_type'],
    opens: ({ discovery_type: discovery }) =>
      textOf(discovery) === 'DISCOVERY_TYPE_PUBLIC' ? [{ principal: 'everybody', what: 'finds it' }] : [],
  },
  {
    types: ['google_app_engine_firewall_rule'],
    paths: ['action', 'source_range'],
    opens: ({ action, source_range: range }) =>
      textOf(action) === 'ALLOW'
        ? [
            {
              principal: Addresses.of(texts(range).map((one) => (one === '*' ? '0.0.0.0/0' : one))),
              what: 'the application',
            },
          ]
        : [],
  },
];
