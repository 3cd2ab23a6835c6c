import type { AirflowRelease } from './types/airflow';

/** In every release that is known. */
const common = [
  'Admin',
  'Audit Logs',
  'Browse',
  'Cluster Activity',
  'Configurations',
  'Connections',
  'DAG Code',
  'DAG Dependencies',
  'DAG Runs',
  'DAG Warnings',
  'DAGs',
  'Docs',
  'Documentation',
  'ImportError',
  'Jobs',
  'My Password',
  'My Profile',
  'Passwords',
  'Permission Views',
  'Permissions',
  'Plugins',
  'Pools',
  'Providers',
  'Roles',
  'SLA Misses',
  'Task Instances',
  'Task Logs',
  'Task Reschedules',
  'Triggers',
  'User Stats Chart',
  'Users',
  'Variables',
  'View Menus',
  'Website',
  'XComs',
];

const since3 = [
  'All Audit Logs',
  'All Import Errors',
  'All Reparses',
  'Asset Aliases',
  'Assets',
  'Backfills',
  'DAG Versions',
  'HITL Detail',
];

/**
 * Resources that permissions are about, as the FAB auth manager calls them.
 *
 * As of 21 November 2026: airflow/providers/fab/www/security/permissions.py of apache-airflow-providers-fab 3.10.2, and
 * airflow/security/permissions.py of apache-airflow 2.11.2.
 */
export function fabResources(release: AirflowRelease): readonly string[] {
  return [...common, ...(release === '2.11' ? ['Datasets'] : since3)];
}

/** Whether it is a single DAG or the runs of one, which need not exist yet. */
export function isSingleDag(resource: string): boolean {
  return /^(DAG|DAG Run):\S+$/.test(resource);
}
