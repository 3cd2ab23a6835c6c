import { StorageNotification as Notification } from '@cdktf/provider-google/lib/storage-notification';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type EntityProps } from './entity';

export interface StorageNotificationProps extends EntityProps {
  /** Name of the bucket. Changing this recreates the notification, as does every other change. */
  readonly bucket: string;
  /** `projects/P/topics/T`. The agent of Cloud Storage must be let in as a publisher first: put that into `dependsOn`. */
  readonly topic: string;
  /** What is told, for example `OBJECT_FINALIZE`. */
  readonly events: readonly string[];
  /**
   * Beginning of the names of the objects that it is about.
   * @default - all objects
   */
  readonly prefix?: string;
}

/**
 * Tells a topic of changes in a bucket.
 *
 * @see https://cloud.google.com/storage/docs/pubsub-notifications
 */
export class StorageNotification extends Construct {
  readonly notification: Notification;

  constructor(scope: Construct, id: string, props: StorageNotificationProps) {
    super(scope, id);
    this.notification = setAddress(
      new Notification(this, 'notification', {
        bucket: props.bucket,
        topic: props.topic,
        payloadFormat: 'JSON_API_V1',
        eventTypes: [...props.events],
        ...(props.prefix === undefined ? {} : { objectNamePrefix: props.prefix }),
        ...dependencies(props),
      }),
      id,
    );
  }
}
