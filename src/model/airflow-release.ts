import type { ConfigPath } from '../config/problem';
import type { AirflowConfig } from '../config/schema/airflow';
import type { Problems } from './problems';
import type { AirflowRelease } from './types/airflow';

/** The release that a version belongs to. */
export function releaseOf(version: string): AirflowRelease {
  if (version.startsWith('2.11.')) return '2.11';
  return version.startsWith('3.2.') ? '3.2' : '3.3';
}

/** What is asked for and Airflow 2.11 does not have. */
export function checkRelease(
  problems: Problems,
  config: AirflowConfig,
  origin: ConfigPath,
  hasPipelines: boolean,
): void {
  if (releaseOf(config.version) !== '2.11') return;
  const lacks = (path: ConfigPath, message: string, allowed: string, fix: string): void => {
    problems.add({
      path: [...origin, ...path],
      at: 'key',
      message: `Airflow ${config.version} ${message}`,
      found: `version ${config.version}`,
      allowed,
      fix,
      dependsOn: [[...origin, 'version']],
    });
  };
  if (config.dags?.bundles !== undefined) {
    lacks(
      ['dags', 'bundles'],
      'has no DAG bundles',
      'dags.git or dags.image; bundles from Airflow 3 on',
      'use dags.git, or raise version to 3.3.2',
    );
  }
  if (config.keys.jwtSecret !== undefined) {
    lacks(
      ['keys', 'jwtSecret'],
      'signs no tokens of tasks',
      'jwtSecret from Airflow 3 on',
      'remove it, or raise version to 3.3.2',
    );
  }
  if (hasPipelines && config.dags !== undefined) {
    lacks(
      ['dags'],
      'reads one folder of DAGs, and pipelines of this platform are to run in it',
      'either dags or pipelines that name this Airflow; both from Airflow 3 on',
      'give the DAGs an Airflow of their own, or raise version to 3.3.2',
    );
  }
}
