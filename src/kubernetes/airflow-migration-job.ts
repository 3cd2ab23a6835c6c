import type { Construct } from 'constructs';
import { renderAirflowPod } from './airflow-pod';
import type { AirflowProps } from './airflow-props';
import { OneOffJob } from './job';

export interface AirflowMigrationJobProps extends Omit<AirflowProps, 'name'> {
  /** Version of Airflow, part of the name. */
  readonly version: string;
  /** Beginning of the name. */
  readonly namePrefix: string;
}

/**
 * Brings the metadata database to the version of Airflow. An ordinary Job without hooks: every other pod of the
 * Airflow waits for it by itself, so the order in which things are applied does not matter.
 */
export class AirflowMigrationJob extends OneOffJob {
  constructor(scope: Construct, id: string, props: AirflowMigrationJobProps) {
    const namePrefix = `${props.namePrefix}-${props.version.replace(/[^a-z0-9]+/g, '-')}`;
    super(scope, id, {
      namePrefix,
      namespace: props.namespace,
      labels: props.labels,
      // The rights on the database may come a little later.
      retries: 10,
      timeoutSeconds: 3600,
      template: renderAirflowPod(
        { ...props, name: namePrefix },
        {
          part: 'job',
          command: ['airflow', 'db', 'migrate'],
          readsDags: false,
          waitsForMigrations: false,
          // A migration that is cut short may have to be mended by hand.
          terminationGracePeriodSeconds: 600,
          restartPolicy: 'Never',
        },
      ),
    });
  }
}
