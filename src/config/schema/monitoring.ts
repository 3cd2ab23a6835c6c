import * as z from 'zod';
import { promqlProblem } from '../promql';
import { dnsLabel, key, kubernetesLabelKey, kubernetesLabelValue, labelValue, mapOf } from './common';
import { domain } from './dns';

const byHand = z
  .string()
  .refine((name) => /^projects\/[^/\s]+\/notificationChannels\/\d+$/.test(name), {
    error: 'the name of a channel such as projects/PROJECT/notificationChannels/1234567890',
    params: {
      fix: 'make the channel in the console, then write its name as `gcloud beta monitoring channels list` shows it; a token never stands here',
      sensitive: true,
    },
  });

const channel = z
  .strictObject({
    email: z.email('an e-mail address').optional().describe('Address that gets a message.'),
    slack: byHand
      .optional()
      .describe(
        'Slack channel: made by hand in the console, where Slack asks for consent, and named here, because its token would else be kept in the state of Terraform.',
      ),
    pagerduty: byHand
      .optional()
      .describe('PagerDuty service: made by hand in the console and named here, for the same reason.'),
  })
  .refine((value) => Object.values(value).filter((one) => one !== undefined).length === 1, {
    error: 'one of email, slack and pagerduty',
    params: { fix: 'write one channel for each way to be told' },
  });

const channels = z.array(key).min(1).optional();

/** PromQL that Prometheus takes as the condition of an alert. */
const promql = z.string().min(1).superRefine((value, context) => {
  const problem = promqlProblem(value);
  if (problem === undefined) return;
  context.addIssue({
    code: 'custom',
    message: 'PromQL that gives a number, or a value of each series',
    params: {
      message: `Prometheus would refuse it: ${problem}`,
      fix: 'mend the expression; Metrics Explorer and promtool tell the same',
    },
  });
});

const severity = z.enum(['critical', 'error', 'warning']);

const alert = z
  .strictObject({
    expr: promql
      .optional()
      .describe('PromQL over metrics of Cloud Monitoring and Managed Prometheus; every series that it returns is an alert.'),
    log: z
      .string()
      .min(1)
      .optional()
      .describe('Filter of the Logs Explorer; an entry that matches is an alert, told every 5 minutes at most.'),
    for: z
      .string()
      .regex(/^[1-9]\d*[mh]$/, 'minutes or hours such as 10m')
      .optional()
      .describe('For how long expr must hold before it is told. Default: 5m. A log entry is told at once.'),
    severity: severity.default('warning').describe('How bad it is.'),
    team: labelValue.optional().describe('Team that looks after it: a label. Default: that of monitoring.'),
    summary: z.string().max(8000).default('').describe('What it means and what to do, in Markdown.'),
    channels: channels.describe('Channels that are told. Default: all.'),
  })
  .refine((value) => (value.expr === undefined) !== (value.log === undefined), {
    error: 'either expr or log',
    params: { fix: 'write expr: a PromQL expression, or log: a filter' },
  })
  .refine((value) => value.log === undefined || value.for === undefined, {
    error: 'no for beside log: an entry is told at once',
    params: { fix: 'remove for' },
  });

const rule = z.strictObject({
  expr: promql.describe('PromQL over metrics of the namespace; every series that it returns is an alert.'),
  for: z
    .string()
    .regex(/^(0|[1-9]\d*)[smh]$/, 'seconds, minutes or hours such as 10m')
    .default('5m')
    .describe('For how long expr must hold before it is told.'),
  severity: kubernetesLabelValue.default('warning').describe('How bad it is: a label that Alertmanager routes by.'),
  team: kubernetesLabelValue.optional().describe('Team that looks after it: a label that Alertmanager routes by. Default: that of monitoring.'),
  summary: z.string().max(8000).default('').describe('What it means and what to do. {{ $labels.NAME }} is a label of the series.'),
  namespace: dnsLabel
    .optional()
    .describe('Namespace whose metrics it sees. Default: the only one there is.'),
});

const prometheus = z.union(
  [
    z.literal('managed'),
    z.literal('none'),
    z.strictObject({
      operator: z.strictObject({
        namespace: dnsLabel.default('monitoring').describe('Namespace that Prometheus itself runs in.'),
        labels: z
          .record(kubernetesLabelKey, kubernetesLabelValue)
          .default({ release: 'kube-prometheus-stack' })
          .describe('Labels by which it finds what it is to read and to judge.'),
      }).describe('The Prometheus operator, as kube-prometheus-stack installs it; docs/operators.md says how.'),
    }),
  ],
  { error: 'managed, none, or { operator: {} }' },
);

const uptime = z.strictObject({
  host: domain.describe('Host that is asked by HTTPS, from outside. Changing this recreates the check.'),
  path: z.string().regex(/^\/\S*$/, 'a path such as /health').default('/').describe('Path.'),
  periodSeconds: z.literal([60, 300, 600, 900]).default(300).describe('How often it is asked.'),
  timeoutSeconds: z.int().min(1).max(60).default(10).describe('For how long an answer is waited for.'),
  statuses: z
    .array(z.int().min(100).max(599))
    .min(1)
    .optional()
    .describe('Statuses that are right; 302 for an interface behind Identity-Aware Proxy. Default: 200 to 299.'),
  severity: severity.default('error').describe('How bad it is when it fails.'),
  channels: channels.describe('Channels that are told when it fails in two regions. Default: all.'),
});

/** Cloud Monitoring: who is told, of what. */
export const monitoring = z.strictObject({
  channels: mapOf(channel).default({}).describe('Ways to be told, by name.'),
  defaults: z
    .boolean()
    .default(true)
    .describe(
      'Whether there are alerts for what goes wrong on every platform: pods that crash again and again, jobs that failed, disks and connections of databases that run out, backups that failed; for an Airflow with metrics also rules, and for one with a host a check of it from outside.',
    ),
  alerts: mapOf(alert).default({}).describe('Further alerts by name.'),
  team: labelValue.optional().describe('Team that looks after every alert and rule that names none. Default: none.'),
  prometheus: prometheus
    .default('managed')
    .describe(
      'Who reads metrics in the clusters and judges rules. managed: Managed Service for Prometheus, a part of GKE. operator: a Prometheus of your own. none: nobody.',
    ),
  rules: mapOf(rule)
    .default({})
    .describe('Alerts that Prometheus judges in the cluster and tells Alertmanager (docs/monitoring.md), by name.'),
  uptime: mapOf(uptime).default({}).describe('Checks of web interfaces by name.'),
  dashboard: z
    .boolean()
    .default(true)
    .describe('Whether there is a dashboard: cluster, databases, jobs, errors in logs.'),
});
export type MonitoringConfig = z.infer<typeof monitoring>;
