import { MonitoringNotificationChannel } from '@cdktf/provider-google/lib/monitoring-notification-channel';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type LabelledEntityProps } from './entity';

export interface NotificationChannelProps extends LabelledEntityProps {
  /** What people see. */
  readonly displayName: string;
  /** Address that gets a message. */
  readonly email: string;
}

/**
 * An e-mail address that Cloud Monitoring tells.
 *
 * Other kinds hold a token, which the provider would keep in the state: they are made by hand and named by their name.
 *
 * @see https://cloud.google.com/monitoring/support/notification-options
 */
export class NotificationChannel extends Construct {
  readonly channel: MonitoringNotificationChannel;

  constructor(scope: Construct, id: string, props: NotificationChannelProps) {
    super(scope, id);
    this.channel = setAddress(
      new MonitoringNotificationChannel(this, 'channel', {
        project: props.project,
        displayName: props.displayName,
        type: 'email',
        labels: { email_address: props.email },
        enabled: true,
        // Alerts that go through it would tell nobody any more.
        forceDelete: false,
        userLabels: { ...props.labels },
        ...dependencies(props),
      }),
      id,
    );
  }
}
