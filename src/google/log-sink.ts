import { BigqueryDataset } from '@cdktf/provider-google/lib/bigquery-dataset';
import { BigqueryDatasetIamMember } from '@cdktf/provider-google/lib/bigquery-dataset-iam-member';
import { LoggingProjectSink } from '@cdktf/provider-google/lib/logging-project-sink';
import { PubsubTopicIamMember } from '@cdktf/provider-google/lib/pubsub-topic-iam-member';
import { StorageBucketIamMember } from '@cdktf/provider-google/lib/storage-bucket-iam-member';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type LabelledEntityProps } from './entity';

export interface LogSinkProps extends LabelledEntityProps {
  /** Name of the sink. Changing this recreates it. */
  readonly name: string;
  /** Which entries, in the language of the Logs Explorer. */
  readonly filter: string;
  /** Where they go. */
  readonly destination: LogSinkDestination;
}

export type LogSinkDestination =
  /** Name of a bucket that exists. */
  | { readonly kind: 'bucket'; readonly name: string }
  /** `projects/P/topics/T` of a topic that exists. */
  | { readonly kind: 'topic'; readonly id: string }
  /** A dataset that is made for it, whose tables are deleted after some days. Changing name or location recreates it. */
  | {
      readonly kind: 'dataset';
      readonly name: string;
      readonly location: string;
      readonly retentionDays: number;
      /**
       * Key of Cloud KMS, `projects/P/locations/L/keyRings/R/cryptoKeys/K`, for the tables that are made from then on.
       * @default - Google's own key
       */
      readonly kmsKey?: string;
    };

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Exports log entries, and lets the sink's own identity write where they go.
 *
 * @see https://cloud.google.com/logging/docs/export/configure_export_v2
 */
export class LogSink extends Construct {
  readonly sink: LoggingProjectSink;
  readonly grant: StorageBucketIamMember | PubsubTopicIamMember | BigqueryDatasetIamMember;
  readonly dataset: BigqueryDataset | undefined;

  constructor(scope: Construct, id: string, props: LogSinkProps) {
    super(scope, id);
    const { project, destination } = props;
    this.dataset = destination.kind === 'dataset' ? this.addDataset(id, props, destination) : undefined;
    this.sink = setAddress(
      new LoggingProjectSink(this, 'sink', {
        project,
        name: props.name,
        filter: props.filter,
        destination: targetOf(project, destination),
        uniqueWriterIdentity: true,
        ...(destination.kind === 'dataset' ? { bigqueryOptions: { usePartitionedTables: true } } : {}),
        ...dependencies(props, ...(this.dataset === undefined ? [] : [this.dataset])),
      }),
      id,
    );
    this.grant = setAddress(this.addGrant(props), id);
  }

  private addDataset(
    id: string,
    props: LogSinkProps,
    destination: Extract<LogSinkDestination, { kind: 'dataset' }>,
  ): BigqueryDataset {
    return setAddress(
      new BigqueryDataset(this, 'dataset', {
        project: props.project,
        datasetId: destination.name,
        location: destination.location,
        description: `Log entries of the sink ${props.name}`,
        defaultPartitionExpirationMs: destination.retentionDays * dayMs,
        deleteContentsOnDestroy: false,
        ...(destination.kmsKey === undefined
          ? {}
          : { defaultEncryptionConfiguration: { kmsKeyName: destination.kmsKey } }),
        labels: { ...props.labels },
        ...dependencies(props),
      }),
      id,
    );
  }

  private addGrant({ project, destination, ...props }: LogSinkProps) {
    const common = { member: this.sink.writerIdentity, ...dependencies(props) };
    switch (destination.kind) {
      case 'bucket':
        return new StorageBucketIamMember(this, 'grant', {
          ...common,
          bucket: destination.name,
          role: 'roles/storage.objectCreator',
        });
      case 'topic':
        return new PubsubTopicIamMember(this, 'grant', {
          ...common,
          project,
          topic: destination.id,
          role: 'roles/pubsub.publisher',
        });
      case 'dataset':
        return new BigqueryDatasetIamMember(this, 'grant', {
          ...common,
          project,
          datasetId: this.dataset?.datasetId ?? destination.name,
          role: 'roles/bigquery.dataEditor',
        });
    }
  }
}

function targetOf(project: string, destination: LogSinkDestination): string {
  switch (destination.kind) {
    case 'bucket':
      return `storage.googleapis.com/${destination.name}`;
    case 'topic':
      return `pubsub.googleapis.com/${destination.id}`;
    case 'dataset':
      return `bigquery.googleapis.com/projects/${project}/datasets/${destination.name}`;
  }
}
