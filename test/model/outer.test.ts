import { runInNewContext } from 'node:vm';
import { type Config, parseConfig } from '../../src/config';
import { type Platform, resolvePlatform } from '../../src/model';

const base = {
  version: 1,
  name: 'acme',
  google: { project: 'acme-data', projectNumber: '123456789012', region: 'europe-west1' },
};

function configOf(more: object): Config {
  const { config, problems } = parseConfig({ ...base, ...more });
  expect(problems).toEqual([]);
  return config!;
}

function resolved(more: object): Platform {
  const resolution = resolvePlatform(configOf(more));
  if (!resolution.ok) throw new Error(resolution.problems.map(({ message }) => message).join('; '));
  return resolution.platform;
}

it('asks for nothing at the edge, in access and in operations where the file asks for nothing', () => {
  const { edge, access, operations, apis } = resolved({});
  expect(edge).toEqual({ zones: [], certificates: [], securityPolicies: [], webAccess: [] });
  expect(access).toEqual({ groups: [], roles: [], ci: null });
  expect(operations).toEqual({
    sinks: [],
    metrics: [],
    exclusions: [],
    auditLogs: [],
    channels: [],
    alerts: [],
    uptime: [],
    dashboard: null,
    prometheus: { collector: { kind: 'managed' }, rules: [], dashboards: [] },
    budget: null,
  });
  for (const api of ['bigquery', 'billingbudgets', 'certificatemanager', 'dns', 'iap', 'sts']) {
    expect(apis).not.toContain(`${api}.googleapis.com`);
  }
});

describe('records', () => {
  const valuesOf = (type: string, values: string[]) =>
    resolved({ dns: { zones: { z: { domain: 'example.com', records: { web: { type, values } } } } } }).edge
      .zones[0]?.records[0]?.values;

  it.each([
    ['AAAA', ['2001:DB8:0:0:0:0:0:7'], ['2001:db8::7']],
    ['CNAME', ['host.example.com'], ['host.example.com.']],
    ['MX', ['20 b.example.com.', '10 a.example.com'], ['10 a.example.com.', '20 b.example.com.']],
    ['SRV', ['0 5 443 host.example.com'], ['0 5 443 host.example.com.']],
    ['TXT', ['say "a\\b"'], ['"say \\"a\\\\b\\""']],
    ['TXT', ['"quoted already"'], ['"quoted already"']],
    ['CAA', ['0 issue "pki.goog"'], ['0 issue "pki.goog"']],
    ['A', ['203.0.113.9', '203.0.113.7', '203.0.113.7'], ['203.0.113.7', '203.0.113.9']],
  ])('of the type %s are written as Cloud DNS keeps them', (type, values, kept) => {
    expect(valuesOf(type, values)).toEqual(kept);
  });

  it('of the type TXT are cut into pieces of 255 bytes', () => {
    const text = valuesOf('TXT', ['x'.repeat(600)])?.[0] ?? '';
    expect(text.split(' ').map((piece) => piece.length - 2)).toEqual([255, 255, 90]);
  });

  it('are named within their zone, and the zone itself by @', () => {
    const records = {
      web: { values: ['203.0.113.7'] },
      apex: { name: '@', values: ['203.0.113.7'] },
      all: { name: '*.apps', values: ['203.0.113.7'] },
    };
    const [zone] = resolved({ dns: { zones: { z: { domain: 'example.com', records } } } }).edge.zones;
    expect(zone?.records.map(({ key, name }) => [key, name])).toEqual([
      ['all', '*.apps.example.com.'],
      ['apex', 'example.com.'],
      ['web', 'web.example.com.'],
    ]);
  });
});

it('proves a wildcard by the domain that it stands below, once', () => {
  const { certificates } = resolved({
    certificates: { web: { domains: ['*.example.com', 'example.com', 'a.example.org'] } },
  }).edge;
  expect(certificates[0]?.authorizations.map(({ domain }) => domain)).toEqual([
    'a.example.org',
    'example.com',
  ]);
  expect(certificates[0]?.map?.entries.map(({ hostname }) => hostname)).toEqual([
    '*.example.com',
    'a.example.org',
    'example.com',
  ]);
});

it('names domains that look alike apart', () => {
  const [one] = resolved({ certificates: { web: { domains: ['a-b.example.com', 'a.b-example.com'] } } }).edge
    .certificates;
  expect(new Set(one?.authorizations.map(({ name }) => name)).size).toBe(2);
});

describe('roles of groups', () => {
  const rolesOf = (group: object) =>
    resolved({
      access: { groups: { team: { member: 'group:a@example.com', ...group } } },
    }).access.groups[0]?.roles.map(({ role }) => role);

  it('are those that the data team recommends', () => {
    expect(rolesOf({ preset: 'engineer' })).toEqual([
      'roles/cloudsql.admin',
      'roles/container.admin',
      'roles/storage.admin',
    ]);
    expect(rolesOf({ preset: 'developer' })).toEqual([
      'roles/cloudsql.client',
      'roles/container.developer',
      'roles/storage.objectCreator',
      'roles/storage.objectViewer',
    ]);
  });

  it('stand once, also where the preset has them', () => {
    expect(rolesOf({ preset: 'analyst', roles: ['roles/logging.viewer', 'roles/pubsub.viewer'] })).toEqual([
      'roles/cloudsql.client',
      'roles/cloudsql.instanceUser',
      'roles/logging.viewer',
      'roles/monitoring.viewer',
      'roles/pubsub.viewer',
    ]);
  });

  it('may be custom ones, whose ids hold no hyphen', () => {
    const { access } = resolved({
      name: 'acme-two',
      access: {
        roles: { 'sql-tunnel': { permissions: ['cloudsql.instances.connect'] } },
        groups: { team: { member: 'group:a@example.com', roles: ['sql-tunnel'] } },
      },
    });
    expect(access.roles[0]?.roleId).toBe('acme_two_sql_tunnel');
    expect(access.groups[0]?.roles).toEqual([
      { role: 'projects/acme-data/roles/acme_two_sql_tunnel', custom: 'sql-tunnel' },
    ]);
  });
});

/** Whether a token fulfils a condition; the expressions that are made here mean the same in JavaScript. */
function accepts(condition: string, assertion: object): boolean {
  const script = condition
    .replace(/has\(assertion\.(\w+)\)/g, "('$1' in assertion)")
    .replace(/(assertion\.\w+) in (\[[^\]]*\])/g, '$2.includes($1)');
  return runInNewContext(script, { assertion }) as boolean;
}

describe('deployments by continuous integration', () => {
  const ciOf = (ci: object, more: object = {}) => resolved({ ci, ...more }).access.ci;
  const github = {
    repository: 'acme/platform',
    repository_id: '4711',
    ref: 'refs/heads/main',
    event_name: 'push',
  };
  const gitlab = { project_path: 'acme/platform', ref_type: 'branch', ref: 'main', ref_protected: 'true' };

  it('are accepted from the main branch of the repository, and from nowhere else', () => {
    const condition =
      ciOf({ github: { repository: 'acme/platform' } })?.providers[0]?.attributeCondition ?? '';
    expect(accepts(condition, github)).toBe(true);
    for (const decoy of [
      { repository: 'mallory/platform' },
      { repository: 'acme/platform-fork' },
      { ref: 'refs/heads/feature' },
      { ref: 'refs/tags/main' },
      { ref: 'refs/pull/7/merge', event_name: 'pull_request' },
      { event_name: 'pull_request_target' },
    ]) {
      expect([decoy, accepts(condition, { ...github, ...decoy })]).toEqual([decoy, false]);
    }
  });

  it('are accepted from named environments only, where no branch is named', () => {
    const condition =
      ciOf({ github: { repository: 'acme/platform', repositoryId: 4711, environments: ['production'] } })
        ?.providers[0]?.attributeCondition ?? '';
    expect(accepts(condition, { ...github, environment: 'production' })).toBe(true);
    expect(accepts(condition, github)).toBe(false);
    expect(accepts(condition, { ...github, environment: 'staging' })).toBe(false);
    expect(accepts(condition, { ...github, environment: 'production', repository_id: '1' })).toBe(false);
  });

  it('are accepted from protected branches of a GitLab project', () => {
    const [provider] =
      ciOf({ gitlab: { project: 'acme/platform', host: 'gitlab.example.com' } })?.providers ?? [];
    expect(provider?.issuer).toBe('https://gitlab.example.com');
    expect(accepts(provider?.attributeCondition ?? '', gitlab)).toBe(true);
    for (const decoy of [
      { ref_protected: 'false' },
      { ref_type: 'tag' },
      { ref: 'feature' },
      { project_path: 'mallory/platform' },
    ]) {
      expect(accepts(provider?.attributeCondition ?? '', { ...gitlab, ...decoy })).toBe(false);
    }
  });

  it('are not accepted from tags, which push images as an identity of their own where that is asked for', () => {
    const platform = resolved({
      registries: { images: {}, hub: { mirror: 'docker-hub' } },
      ci: { gitlab: { project: 'acme/platform', tags: true } },
    });
    const { ci } = platform.access;
    const { attributeCondition = '', member, attributeMapping } = ci?.providers[0] ?? {};
    const tag = { ...gitlab, ref_type: 'tag', ref: 'v1.2.3' };
    expect(accepts(attributeCondition, gitlab)).toBe(true);
    expect(accepts(attributeCondition, tag)).toBe(true);
    for (const decoy of [
      { ...tag, ref_protected: 'false' },
      { ...tag, project_path: 'mallory/platform' },
      { ...gitlab, ref: 'v1.2.3' },
      { ...gitlab, ref_protected: 'false' },
    ]) {
      expect(accepts(attributeCondition, decoy)).toBe(false);
    }
    // Google compares the member with what the mapping makes of a token.
    expect(attributeMapping?.['attribute.job']).toBe('assertion.ref_type + ":" + assertion.project_path');
    expect(member).toMatch(/\/attribute\.job\/branch:acme\/platform$/);
    expect(ci?.images?.member).toMatch(/\/attribute\.job\/tag:acme\/platform$/);
    const builder = platform.identities.find(({ key }) => key === 'images');
    expect(builder?.projectRoles).toEqual([]);
    const writers = platform.registries.map(({ key, access }) => [
      key,
      access.map(({ identity }) => identity),
    ]);
    expect(writers).toEqual([
      ['hub', []],
      ['images', ['images']],
    ]);
  });

  it('may act as one identity that has what this platform needs, and nothing for what it does not have', () => {
    const rolesOf = (more: object) =>
      resolved({
        secretDelivery: 'manual',
        ci: { github: { repository: 'acme/platform' } },
        ...more,
      }).identities.find(({ key }) => key === 'deploy')?.projectRoles;
    const bare = rolesOf({});
    expect(bare).toContain('roles/container.clusterAdmin');
    for (const role of bare ?? [])
      expect(role).not.toMatch(/^roles\/(owner|editor|viewer|container\.admin)$/);
    for (const [role, more] of [
      ['roles/cloudsql.admin', { databases: { main: { databases: ['a'] } } }],
      ['roles/secretmanager.admin', { secrets: { tap: { keys: ['a'] } } }],
      ['roles/dns.admin', { dns: { zones: { z: { domain: 'example.com' } } } }],
      // The editor of certificates may not delete them.
      ['roles/certificatemanager.owner', { certificates: { c: { domains: ['a.example.com'] } } }],
      ['roles/pubsub.admin', { topics: { t: {} } }],
      ['roles/iam.roleAdmin', { access: { roles: { r: { permissions: ['a.b.c'] } } } }],
      ['roles/monitoring.editor', { monitoring: {} }],
      ['roles/logging.configWriter', { logging: { exclusions: { e: { filter: 'x' } } } }],
      ['roles/iap.admin', { iap: { members: { a: 'group:a@example.com' } } }],
    ] as const) {
      expect([role, bare?.includes(role), rolesOf(more)?.includes(role)]).toEqual([role, false, true]);
    }
  });

  it('get no role for an API that a person asks for beside', () => {
    const platform = resolved({
      google: { ...base.google, apis: ['bigquery.googleapis.com'] },
      ci: { github: { repository: 'acme/platform' } },
    });
    expect(platform.apis).toContain('bigquery.googleapis.com');
    expect(platform.identities.find(({ key }) => key === 'deploy')?.projectRoles).not.toContain(
      'roles/bigquery.dataOwner',
    );
  });

  it('come through a pool whose id Google takes, whatever the platform is called', () => {
    for (const name of ['gcp-one', 'a', 'a-platform-with-24-chars']) {
      const id = resolved({ name, ci: { github: { repository: 'acme/platform' } } }).access.ci?.poolId ?? '';
      expect(id).toMatch(/^(?!gcp-)[a-z0-9-]{4,32}$/);
    }
  });
});

describe('alerts', () => {
  it('of every platform look at its own clusters and databases, and at databases only where there are any', () => {
    const keys = (more: object) =>
      resolved({ monitoring: {}, ...more }).operations.alerts.map(({ key }) => key);
    expect(keys({})).toEqual(['job-failed', 'pods-crash-looping']);
    const databases = { main: { databases: ['a'] } };
    expect(keys({ databases })).toContain('database-backup-failed');
    const { operations } = resolved({ monitoring: {}, databases });
    expect(JSON.stringify(operations.alerts)).toContain('acme-data:acme-main');
  });

  it('can be left out', () => {
    expect(resolved({ monitoring: { defaults: false, dashboard: false } }).operations).toMatchObject({
      alerts: [],
      dashboard: null,
    });
  });

  it('tell every channel unless they name some', () => {
    const { alerts } = resolved({
      monitoring: {
        defaults: false,
        channels: { a: { email: 'a@example.com' }, b: { email: 'b@example.com' } },
        alerts: { some: { expr: 'up', channels: ['b'] }, all: { expr: 'up', for: '2h' } },
      },
    }).operations;
    expect(alerts.map(({ key, channels, condition }) => [key, channels, condition])).toEqual([
      ['all', ['a', 'b'], { kind: 'promql', query: 'up', durationSeconds: 7200 }],
      ['some', ['b'], { kind: 'promql', query: 'up', durationSeconds: 300 }],
    ]);
  });
});
