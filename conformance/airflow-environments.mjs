// Python environments with a real Airflow and the providers of its public image that the platform uses: installed from
// PyPI once per version and kept under .cache/.
import { join } from 'node:path';
import { pythonEnvironment } from './support.mjs';

const always = [
  'apache-airflow-providers-fab',
  'apache-airflow-providers-postgres',
  'apache-airflow-providers-slack',
  'apache-airflow-providers-standard',
  'asyncpg',
  'authlib',
  'psycopg2-binary',
  'pytest',
  'statsd',
];

/** Airflow's version → what is installed beside it. Versions as of 21 November 2026. */
const companions = {
  '3.3.2': [...always, 'apache-airflow-providers-cncf-kubernetes==10.25.0', 'apache-airflow-providers-git'],
  '3.2.2': [
    ...always,
    'apache-airflow-providers-cncf-kubernetes',
    'apache-airflow-providers-git',
    // Its api-server does not start with the newer ones; they are younger than this version.
    'cadwyn<7',
    'fastapi<0.137',
    'pydantic<2.13',
    'starlette<1.1',
  ],
  '2.11.2': [...always, 'apache-airflow-providers-cncf-kubernetes'],
};

/** The versions that are tried, the newest first. */
export const airflowVersions = Object.keys(companions);

/** The folder of programs of a version's environment. */
export function airflowPrograms(version) {
  const packages = [`apache-airflow==${version}`, ...companions[version]];
  return join(pythonEnvironment(`airflow-dags-${version}`, packages), 'bin');
}
