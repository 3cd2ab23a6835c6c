import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';
import { hashed } from './names';
import type { PodTemplate } from './pod';

/** How a Job tries. */
export interface JobSpecProps {
  /** How often a failed pod is followed by another. */
  readonly retries: number;
  /** After how many seconds the Job is ended as failed, all attempts together. */
  readonly timeoutSeconds: number;
  readonly template: PodTemplate;
  /** Exit codes that end the Job as failed at once, since another attempt would fail in the same way. @default - none */
  readonly failOn?: { readonly container: string; readonly exitCodes: readonly number[] };
  /** After how many seconds a Job that has ended goes. @default - never */
  readonly ttlSecondsAfterFinished?: number;
}

/** `spec` of a Job, also for the template of a CronJob. */
export function renderJobSpec(props: JobSpecProps): Record<string, unknown> {
  return {
    activeDeadlineSeconds: props.timeoutSeconds,
    backoffLimit: props.retries,
    completions: 1,
    parallelism: 1,
    podFailurePolicy: {
      rules: [
        // A node that goes away, for example a Spot one, is no fault of the program and costs no attempt.
        { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
        ...(props.failOn === undefined || props.failOn.exitCodes.length === 0
          ? []
          : [
              {
                action: 'FailJob',
                onExitCodes: {
                  containerName: props.failOn.container,
                  operator: 'In',
                  values: props.failOn.exitCodes,
                },
              },
            ]),
      ],
    },
    // The next attempt waits until the last pod is really gone, so that two never work at once.
    podReplacementPolicy: 'Failed',
    ttlSecondsAfterFinished: props.ttlSecondsAfterFinished,
    template: props.template,
  };
}

export interface OneOffJobProps
  extends Omit<ObjectProps, 'name'>, Omit<JobSpecProps, 'ttlSecondsAfterFinished'> {
  /** Beginning of the name; the hash of all that the Job does follows. */
  readonly namePrefix: string;
  /** What the Job does beside its template, for example the text of a script: part of the hash. @default - nothing */
  readonly content?: string;
}

/**
 * A Job that runs once for each version of itself.
 *
 * A Job cannot be changed once it exists, so its name holds a hash of its content: a change makes a new Job, and
 * applying the same again changes nothing. It has no `ttlSecondsAfterFinished`: a Job that goes away by itself would
 * be made again by the next apply, and without end by tools that keep a cluster as it is declared.
 */
export class OneOffJob extends Construct {
  /** Name of the Job, the hash included. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: OneOffJobProps) {
    super(scope, id);
    const spec = renderJobSpec(props);
    this.name = hashed(props.namePrefix, JSON.stringify([props.content ?? '', spec]));
    new ApiObject(this, 'Resource', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: renderMetadata({ ...props, name: this.name }),
      spec,
    });
  }
}
