import { LoggingMetric } from '@cdktf/provider-google/lib/logging-metric';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

export interface LogMetricProps extends ProjectEntityProps {
  /** Name; Monitoring calls the metric `logging.googleapis.com/user/NAME`. Changing this recreates it. */
  readonly name: string;
  /** Which entries count, in the language of the Logs Explorer. */
  readonly filter: string;
  /**
   * What it counts, for people.
   * @default - nothing
   */
  readonly description?: string;
  /**
   * Labels by name, with the expression that each is taken by, such as `EXTRACT(jsonPayload.task)`.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * The expression for a number in the entry, whose distribution is kept.
   * @default - entries are counted
   */
  readonly value?: string;
}

/**
 * A metric made of log entries.
 *
 * @see https://cloud.google.com/logging/docs/logs-based-metrics
 */
export class LogMetric extends Construct {
  readonly metric: LoggingMetric;

  constructor(scope: Construct, id: string, props: LogMetricProps) {
    super(scope, id);
    const labels = props.labels ?? {};
    const { value, description = '' } = props;
    this.metric = setAddress(
      new LoggingMetric(this, 'metric', {
        project: props.project,
        name: props.name,
        filter: props.filter,
        ...(description === '' ? {} : { description }),
        metricDescriptor: {
          metricKind: 'DELTA',
          valueType: value === undefined ? 'INT64' : 'DISTRIBUTION',
          unit: '1',
          ...(Object.keys(labels).length === 0
            ? {}
            : { labels: Object.keys(labels).map((key) => ({ key, valueType: 'STRING' })) }),
        },
        ...(Object.keys(labels).length === 0 ? {} : { labelExtractors: { ...labels } }),
        ...(value === undefined ? {} : { valueExtractor: value }),
        ...dependencies(props),
      }),
      id,
    );
  }
}
