// How each alert of the outputs is brought to fire and to be silent, for promtool.
const airflow = (metric, key, labels = '') => `${metric}{namespace="production",airflow="${key}"${labels}}`;
const beating = (metric, key) => [{ series: airflow(metric, key), values: '0+1x100' }];
const still = (metric, key) => [{ series: airflow(metric, key), values: '7x100' }];

/**
 * How each alert is brought to fire, by the end of its name: series in steps of 30 s, when it is looked at, the labels
 * and the value that it then has; and series by which it stays silent.
 */
export const cases = {
  'scheduler-silent': silentCases('airflow_scheduler_heartbeat'),
  'triggerer-silent': silentCases('airflow_triggerer_heartbeat'),
  'import-errors': (key) => [
    {
      fires: true,
      series: [{ series: airflow('airflow_dag_processing_import_errors', key), values: '2x60' }],
      at: '20m',
      labels: { airflow: key },
      value: '2',
    },
    {
      fires: false,
      series: [{ series: airflow('airflow_dag_processing_import_errors', key), values: '0x60' }],
      at: '20m',
    },
    // Mended before it has lasted long.
    {
      fires: false,
      series: [{ series: airflow('airflow_dag_processing_import_errors', key), values: '2x20 0x40' }],
      at: '20m',
    },
  ],
  'dag-run-failed': (key) => {
    const failed = (values) => [
      { series: airflow('airflow_dagrun_duration_failed_count', key, ',dag_id="el_zuora"'), values },
    ];
    const labels = { airflow: key, dag_id: 'el_zuora' };
    return [
      // The first failure of all makes the counter.
      { fires: true, series: failed('_x20 1x40'), at: '12m', labels },
      { fires: true, series: failed('3x40 4x40'), at: '22m', labels },
      { fires: false, series: failed('4x80'), at: '30m' },
      // A quarter of an hour later it is over.
      { fires: false, series: failed('_x20 1x80'), at: '40m' },
      // The exporter was started anew.
      { fires: false, series: failed('9x40 0x40'), at: '22m' },
    ];
  },
  'tasks-starving': (key) => [
    {
      fires: true,
      series: [{ series: airflow('airflow_scheduler_tasks_starving', key), values: '5x100' }],
      at: '40m',
      labels: { airflow: key },
      value: '5',
    },
    {
      fires: false,
      series: [{ series: airflow('airflow_scheduler_tasks_starving', key), values: '5x50 0x50' }],
      at: '40m',
    },
  ],
  'extraction-slow': () => {
    const of = (part, values, dag) => ({
      series: `airflow_dagrun_duration_success_${part}{dag_id="${dag}"}`,
      values,
    });
    return [
      {
        fires: true,
        series: [of('count', '1x20 2x40', 'el_zuora'), of('sum', '60x20 20060x40', 'el_zuora')],
        at: '20m',
        labels: { dag_id: 'el_zuora' },
      },
      {
        fires: false,
        series: [of('count', '1x20 2x40', 'el_zuora'), of('sum', '60x20 120x40', 'el_zuora')],
        at: '20m',
      },
      {
        fires: false,
        series: [of('count', '1x20 2x40', 't_dbt'), of('sum', '60x20 20060x40', 't_dbt')],
        at: '20m',
      },
    ];
  },
};

function silentCases(metric) {
  return (key) => [
    { fires: true, series: still(metric, key), at: '20m', labels: { airflow: key } },
    // Nothing was ever heard.
    { fires: true, series: [], at: '20m', labels: { airflow: key, namespace: 'production' } },
    { fires: false, series: beating(metric, key), at: '20m' },
  ];
}
