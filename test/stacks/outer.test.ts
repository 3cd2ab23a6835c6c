import { synthStacks } from '../../stacks';
import { outer } from './outer-fixture';
import { platformOf } from './platform-fixture';
import { dependenciesOf, type Resource, resourcesOf, stackOf } from './terraform';

const platform = platformOf(outer);
const synthesized = synthStacks(platform);
const all = resourcesOf(synthesized);
const named = (address: string): Resource | undefined => all.find((one) => one.address === address);

/** The API that a type of resource belongs to, by the beginning of its name. */
const apis: readonly (readonly [RegExp, string])[] = [
  [/^google_certificate_manager_/, 'certificatemanager'],
  [/^google_compute_security_policy$/, 'compute'],
  [/^google_dns_/, 'dns'],
  [/^google_iam_workload_identity_pool/, 'sts'],
  [/^google_iap_/, 'iap'],
  [/^google_project_iam_custom_role$/, 'iam'],
];

describe('the edge and access', () => {
  const foundation = new Map(resourcesOf(synthesized, 'foundation').map((one) => [one.address, one]));
  const reaches = (address: string, goal: string): boolean =>
    address === goal ||
    (foundation.has(address) && dependenciesOf(foundation.get(address)!).some((next) => reaches(next, goal)));

  it.each(apis)('make nothing like %s before the API %s is enabled', (type, api) => {
    const made = [...foundation.values()].filter((one) => type.test(one.type));
    expect(made.length).toBeGreaterThan(0);
    for (const { address } of made) {
      expect([address, reaches(address, `google_project_service.${api}`)]).toEqual([address, true]);
    }
  });

  it('point records at the static address that they name, of its own scope', () => {
    expect(named('google_dns_record_set.data_airflow')?.values.rrdatas).toEqual([
      '${google_compute_address.airflow-west.address}',
    ]);
    expect(named('google_dns_record_set.data_front')?.values.rrdatas).toEqual([
      '${google_compute_global_address.front.address}',
    ]);
    expect(named('google_compute_address.airflow-west')).toBeDefined();
    expect(named('google_compute_global_address.front')).toBeDefined();
  });

  it('make the record that proves a domain in the zone that holds it, and none elsewhere', () => {
    const proof = named('google_dns_record_set.web_apps_data_example_com_proof');
    expect(proof?.values).toMatchObject({
      managed_zone: '${google_dns_managed_zone.data.name}',
      name: '${google_certificate_manager_dns_authorization.web_apps_data_example_com.dns_resource_record[0].name}',
    });
    expect(all.filter(({ name }) => name.endsWith('_proof'))).toHaveLength(2);
  });

  it('grant a custom role once it exists', () => {
    expect(named('google_project_iam_member.group_developers_role_tunnel')?.values).toMatchObject({
      role: 'projects/analysis-1/roles/outer_tunnel',
      depends_on: expect.arrayContaining(['google_project_iam_custom_role.tunnel']),
    });
  });

  it('let the pipelines of one repository act as the deploying account, and that one as the nodes', () => {
    expect(named('google_service_account_iam_member.deploy_github')?.values).toMatchObject({
      role: 'roles/iam.workloadIdentityUser',
      service_account_id:
        'projects/analysis-1/serviceAccounts/outer-deploy@analysis-1.iam.gserviceaccount.com',
      member:
        'principalSet://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/ci-outer/attribute.repository/acme/platform',
    });
    expect(named('google_service_account_iam_member.deploy_nodes-platform')?.values).toMatchObject({
      role: 'roles/iam.serviceAccountUser',
      member: 'serviceAccount:outer-deploy@analysis-1.iam.gserviceaccount.com',
    });
  });

  it('give nobody a basic role, and nothing to everybody', () => {
    for (const { values } of all.filter(({ type }) => type.endsWith('_iam_member'))) {
      expect(String(values.role)).not.toMatch(/^roles\/(owner|editor|viewer)$/);
      expect(String(values.member)).not.toMatch(/^all(Authenticated)?Users$/);
    }
  });

  it('make no key of any service account', () => {
    expect(all.map(({ type }) => type)).not.toContain('google_service_account_key');
  });
});

describe('the stack operations', () => {
  it('is there, and empty, where nothing is asked for', () => {
    const bare = synthStacks(
      platformOf('{ version: 1, name: bare, google: { project: analysis-1, region: us-west1 } }'),
    );
    expect(stackOf(bare, 'operations').resource ?? {}).toEqual({});
  });

  it('exports into the bucket and the topic of the foundation', () => {
    const [bucket] = platform.buckets.filter(({ key }) => key === 'exports');
    expect(named('google_logging_project_sink.archive')?.values.destination).toBe(
      `storage.googleapis.com/${bucket?.name ?? '?'}`,
    );
    expect(named('google_pubsub_topic_iam_member.stream')?.values.topic).toBe(platform.topics[0]?.id);
  });

  it('tells the channels that are named, made here or by hand, and else all', () => {
    const mail = '${google_monitoring_notification_channel.mail.id}';
    const slack = 'projects/analysis-1/notificationChannels/1234567890';
    const channelsOf = (key: string) =>
      named(`google_monitoring_alert_policy.${key}`)?.values.notification_channels;
    expect(channelsOf('airflow-heartbeat')).toEqual([slack]);
    expect(channelsOf('denied')).toEqual([mail, slack]);
    expect(channelsOf('job-failed')).toEqual([mail, slack]);
    expect(channelsOf('airflow_uptime')).toEqual([mail, slack]);
    expect(named('google_billing_budget.platform')?.values).toMatchObject({
      all_updates_rule: { monitoring_notification_channels: [mail] },
    });
  });

  it('labels alerts with the team that looks after them', () => {
    expect(named('google_monitoring_alert_policy.airflow-heartbeat')?.values.user_labels).toMatchObject({
      team: 'data-analytics',
      platform: 'outer',
    });
    expect(named('google_monitoring_alert_policy.denied')?.values.user_labels).toMatchObject({
      team: 'data',
    });
  });

  it('labels everything that takes labels', () => {
    const unlabelled = resourcesOf(synthesized)
      .filter(({ type }) =>
        /^google_(dns_managed_zone|certificate_manager_|bigquery_dataset$|monitoring_(alert|uptime|notif))/.test(
          type,
        ),
      )
      .filter(({ type, values }) => {
        const labels = (type.startsWith('google_monitoring') ? values.user_labels : values.labels) as
          Record<string, string> | undefined;
        return labels?.platform !== 'outer';
      });
    expect(unlabelled.map(({ address }) => address)).toEqual([]);
  });

  it('takes what a person wrote as text, also where Terraform would see an expression', () => {
    const tricky = synthStacks(
      platformOf(`
version: 1
name: tricky
google: { project: analysis-1, region: us-west1 }
dns: { zones: { z: { domain: example.com, records: { t: { type: TXT, values: ["\${var.a} %{if true}"] } } } } }
logging: { exclusions: { e: { filter: 'a="\${x}"', description: "%{ for }" } } }
`),
    );
    const values = resourcesOf(tricky);
    expect(values.find(({ address }) => address === 'google_dns_record_set.z_t')?.values.rrdatas).toEqual([
      '"$${var.a} %%{if true}"',
    ]);
    expect(
      values.find(({ address }) => address === 'google_logging_project_exclusion.e')?.values,
    ).toMatchObject({ filter: 'a="$${x}"', description: '%%{ for }' });
  });
});
