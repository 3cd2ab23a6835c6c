import { LoggingProjectExclusion } from '@cdktf/provider-google/lib/logging-project-exclusion';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

export interface LogExclusionProps extends ProjectEntityProps {
  /** Name of the exclusion. Changing this recreates it. */
  readonly name: string;
  /** Which entries are thrown away, in the language of the Logs Explorer. */
  readonly filter: string;
  /**
   * Why, for people.
   * @default - nothing
   */
  readonly description?: string;
}

/**
 * Log entries that are not kept, which saves their cost. Sinks and metrics still get them.
 *
 * @see https://cloud.google.com/logging/docs/routing/overview#exclusions
 */
export class LogExclusion extends Construct {
  readonly exclusion: LoggingProjectExclusion;

  constructor(scope: Construct, id: string, props: LogExclusionProps) {
    super(scope, id);
    const { description = '' } = props;
    this.exclusion = setAddress(
      new LoggingProjectExclusion(this, 'exclusion', {
        project: props.project,
        name: props.name,
        filter: props.filter,
        ...(description === '' ? {} : { description }),
        ...dependencies(props),
      }),
      id,
    );
  }
}
