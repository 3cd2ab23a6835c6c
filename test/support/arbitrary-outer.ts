import { Draws, type Tree } from './draws';

/** What the rest of a configuration says that the edge and operations refer to. */
export interface Inside {
  /** Whether the number of the project is known. */
  readonly numbered: boolean;
  /** Whether there is only one environment: domains and audit logs are the project's, and cannot be shared. */
  readonly single: boolean;
  readonly config: Tree;
}

/** Texts that mean something to Terraform, to a shell or to JSON, beside plain ones. */
const texts = ['severity>=ERROR', 'a="${x}" %{y}', 'jsonPayload.a=~"^b$"', 'textPayload:"ümläut 日本\\n"'];

/** Draws the sections for the edge, access and operations, with references that hold. */
export class OuterDraws extends Draws {
  sections({ numbered, single, config }: Inside): Tree {
    const zones = single
      ? this.zones(Object.keys((config.network as Tree | undefined)?.addresses ?? {}))
      : {};
    const channels = this.record(0, 3, (_, i) =>
      this.one([
        { email: `team${i}@example.com` },
        { slack: `projects/acme-data/notificationChannels/${i}1` },
        { pagerduty: `projects/acme-data/notificationChannels/${i}2` },
      ]),
    );
    return {
      ...this.some('dns', this.some('zones', zones)),
      ...this.some('certificates', single ? this.certificates(Object.keys(zones)) : {}),
      ...this.some(
        'securityPolicies',
        this.record(0, 2, () => this.securityPolicy()),
      ),
      ...this.maybe('iap', () => ({ members: this.record(0, 2, (_, i) => `group:web${i}@example.com`) })),
      ...this.maybe('logging', () => this.logging(config, single)),
      ...this.maybe('monitoring', () => this.monitoring(channels)),
      ...this.maybe('access', () => this.access()),
      ...(numbered ? this.maybe('ci', () => this.ci()) : {}),
      ...(numbered ? this.maybe('budget', () => this.budget()) : {}),
    };
  }

  private zones(addresses: readonly string[]): Record<string, Tree> {
    return this.record(0, 2, (_, i) => ({
      domain: `zone${i}.example.com`,
      ...this.one([{}, { visibility: 'public' }, { dnssec: true }]),
      ...this.some('records', {
        ...this.maybe('www', () => ({ values: ['203.0.113.7'], ttlSeconds: 60 })),
        ...this.maybe('six', () => ({ type: 'AAAA', values: ['2001:DB8::7'] })),
        ...this.maybe('spf', () => ({
          name: '@',
          type: 'TXT',
          values: this.one([texts, ['x'.repeat(600)]]).filter((text) => /^[ -~]*$/.test(text)),
        })),
        ...this.maybe('alias', () => ({ name: '*.apps', type: 'CNAME', values: ['www.example.com'] })),
        ...(addresses.length === 0 ? {} : this.maybe('fixed', () => ({ address: this.one(addresses) }))),
      }),
    }));
  }

  private certificates(zones: readonly string[]): Record<string, Tree> {
    return this.record(0, 2, (_, i) => ({
      domains: [`web${i}.zone0.example.com`, `*.web${i}.zone0.example.com`, `app${i}.zone0.example.com`],
      ...(zones[0] === undefined || this.flag() ? {} : { zone: zones[0] }),
      ...this.maybe('scope', () => this.one(['global', 'regional'])),
    }));
  }

  private securityPolicy(): Tree {
    const ranges = Array.from({ length: this.number(1, 25) }, (_, i) => `198.51.100.${i}/32`);
    return {
      ...this.maybe('allow', () => ranges),
      ...this.maybe('deny', () => ranges),
      ...this.maybe('rateLimit', () => ({
        requests: this.number(1, 1000),
        ...this.maybe('intervalSeconds', () => this.one([10, 3600])),
        ...this.maybe('banSeconds', () => 600),
      })),
      ...this.maybe('waf', () => this.one([{}, { rules: ['sqli', 'php'], sensitivity: 3, preview: true }])),
    };
  }

  private logging(config: Tree, single: boolean): Tree {
    const buckets = Object.keys((config.buckets as Tree | undefined) ?? {});
    const topics = Object.keys((config.topics as Tree | undefined) ?? {});
    const destinations = [
      { dataset: 'audit_logs' },
      ...buckets.map((bucket) => ({ bucket })),
      ...topics.map((topic) => ({ topic })),
    ];
    const filter = this.one(texts);
    return {
      ...this.some(
        'sinks',
        this.record(0, 1, () => ({ destination: this.one(destinations), filter })),
      ),
      ...this.some(
        'metrics',
        this.record(0, 2, () => ({
          filter,
          ...this.maybe('value', () => 'EXTRACT(jsonPayload.rows)'),
          ...this.maybe('labels', () => ({ tap: 'REGEXP_EXTRACT(jsonPayload.tap, "(.*)")' })),
        })),
      ),
      ...this.some(
        'exclusions',
        this.record(0, 2, () => ({ filter, description: filter })),
      ),
      ...(single ? this.maybe('auditLogs', () => this.one([{}, { services: ['allServices'] }])) : {}),
    };
  }

  private monitoring(channels: Record<string, Tree>): Tree {
    const told = () => this.maybe('channels', () => [this.one(Object.keys(channels))]);
    const some = () => (Object.keys(channels).length === 0 ? {} : told());
    return {
      ...this.some('channels', channels),
      ...this.maybe('defaults', () => this.flag()),
      ...this.maybe('dashboard', () => this.flag()),
      ...this.some(
        'alerts',
        this.record(0, 2, () => ({
          ...this.one([{ expr: 'up{job="a"} < 1', for: '2h' }, { log: this.one(texts) }]),
          ...this.maybe('severity', () => this.one(['critical', 'error', 'warning'])),
          ...this.maybe('team', () => 'data'),
          ...this.maybe('summary', () => this.one(texts)),
          ...some(),
        })),
      ),
      ...this.some(
        'uptime',
        this.record(0, 2, () => ({
          host: 'airflow.example.com',
          ...this.maybe('path', () => '/health?a=${b}'),
          ...this.maybe('statuses', () => [302]),
          ...some(),
        })),
      ),
    };
  }

  private access(): Tree {
    const roles = this.record(0, 2, () => ({ permissions: ['cloudsql.instances.connect'] }));
    return {
      ...this.some('roles', roles),
      ...this.some(
        'groups',
        this.record(0, 3, (_, i) => ({
          member: `group:team${i}@example.com`,
          preset: this.one(['engineer', 'developer', 'analyst']),
          ...this.maybe('roles', () => [
            'roles/cloudsql.client',
            'organizations/12/roles/cloudsql.client',
            ...Object.keys(roles),
          ]),
        })),
      ),
    };
  }

  private ci(): Tree {
    return this.one([
      { github: { repository: 'acme/platform' } },
      { github: { repository: 'acme/platform', environments: ['production'], repositoryId: 12 } },
      {
        gitlab: { project: 'acme/data/platform' },
        github: { repository: 'acme/platform', branches: ['main'] },
      },
    ]);
  }

  private budget(): Tree {
    return { billingAccount: '01AB23-CD45EF-678901', monthlyAmount: this.number(1, 9999), currency: 'EUR' };
  }
}
