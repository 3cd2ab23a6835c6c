import {
  CloudArmorPolicy,
  type CloudArmorPolicyProps,
  DnsRecord,
  DnsZone,
  IapWebMember,
  ManagedCertificate,
} from '../../src/google';
import { project, resourceOf, synthesize } from './support';

interface Rule {
  readonly priority: number;
  readonly action: string;
  readonly match: { readonly config?: { readonly src_ip_ranges: string[] }; readonly expr?: object };
  readonly rate_limit_options?: object;
}

const zone = { project, name: 'acme-data', dnsName: 'data.example.com.' };

describe('a zone', () => {
  const made = (more: object) =>
    resourceOf(
      'google_dns_managed_zone',
      'data',
      (stack) => new DnsZone(stack, 'data', { ...zone, ...more }),
    );

  it('is public and signed, and is not deleted with the records of others', () => {
    expect(made({})).toMatchObject({
      visibility: 'public',
      dnssec_config: { state: 'on' },
      force_destroy: false,
    });
  });

  it('is not signed where nobody wants it', () => {
    expect(made({ dnssec: false })).toMatchObject({ dnssec_config: { state: 'off' } });
  });

  it('that is private is asked by its network alone, and cannot be signed', () => {
    const network = 'projects/analysis-1/global/networks/acme';
    const resource = made({ privateNetwork: network });
    expect(resource).toMatchObject({
      visibility: 'private',
      private_visibility_config: { networks: [{ network_url: network }] },
    });
    expect(resource).not.toHaveProperty('dnssec_config');
  });
});

it('a record goes into its zone as it is', () => {
  const props = { project, zone: 'acme-data', name: 'a.data.example.com.', type: 'A', ttlSeconds: 60 };
  expect(
    resourceOf(
      'google_dns_record_set',
      'data_a',
      (stack) => new DnsRecord(stack, 'data_a', { ...props, values: ['203.0.113.7'] }),
    ),
  ).toMatchObject({ managed_zone: 'acme-data', ttl: 60, rrdatas: ['203.0.113.7'] });
});

describe('a managed certificate', () => {
  const props = {
    project,
    name: 'acme-web',
    location: 'global',
    domains: ['a.example.com', '*.example.com'],
    authorizations: {
      a: { name: 'acme-web-a', domain: 'a.example.com' },
      all: { name: 'acme-web-all', domain: 'example.com' },
    },
  };

  it('is proved by every authorization, and shown by the map for each host name', () => {
    const { resource } = synthesize(
      (stack) =>
        new ManagedCertificate(stack, 'web', {
          ...props,
          map: { name: 'acme-web', entries: { a: { name: 'acme-web-a', hostname: 'a.example.com' } } },
        }),
    );
    expect(resource.google_certificate_manager_certificate?.web).toMatchObject({
      managed: {
        domains: ['a.example.com', '*.example.com'],
        dns_authorizations: [
          '${google_certificate_manager_dns_authorization.web_a.id}',
          '${google_certificate_manager_dns_authorization.web_all.id}',
        ],
      },
    });
    expect(resource.google_certificate_manager_certificate_map_entry?.web_a).toMatchObject({
      hostname: 'a.example.com',
      map: '${google_certificate_manager_certificate_map.web.name}',
      certificates: ['${google_certificate_manager_certificate.web.id}'],
    });
  });

  it('of a region has no map, and the kind of proof that regions take', () => {
    const { resource } = synthesize(
      (stack) => new ManagedCertificate(stack, 'web', { ...props, location: 'us-west1' }),
    );
    expect(resource).not.toHaveProperty('google_certificate_manager_certificate_map');
    expect(resource.google_certificate_manager_dns_authorization?.web_a).toMatchObject({
      location: 'us-west1',
      type: 'PER_PROJECT_RECORD',
    });
  });
});

describe('a policy of Cloud Armor', () => {
  const rulesOf = (more: Partial<CloudArmorPolicyProps>): Rule[] => {
    const resource = resourceOf(
      'google_compute_security_policy',
      'office',
      (stack) => new CloudArmorPolicy(stack, 'office', { project, name: 'acme-office', ...more }),
    );
    return [...(resource?.rule as Rule[])].sort((a, b) => a.priority - b.priority);
  };

  it('always ends with the rule for everybody else', () => {
    for (const [more, action] of [
      [{}, 'allow'],
      [{ deny: ['203.0.113.0/24'] }, 'allow'],
      [{ rateLimit: { requests: 1, intervalSeconds: 60 } }, 'allow'],
      [{ allow: ['203.0.113.0/24'] }, 'deny(403)'],
    ] as const) {
      expect(rulesOf(more).at(-1)).toMatchObject({
        priority: 2147483647,
        action,
        match: { versioned_expr: 'SRC_IPS_V1', config: { src_ip_ranges: ['*'] } },
      });
    }
  });

  it('judges denied ranges and attacks before it lets anybody in', () => {
    const rules = rulesOf({
      allow: ['203.0.113.0/24'],
      deny: ['203.0.113.9/32'],
      waf: { rules: ['sqli'], sensitivity: 2 },
    });
    expect(rules.map(({ action }) => action)).toEqual([
      'deny(403)',
      'deny(403)',
      'deny(403)',
      'allow',
      'deny(403)',
    ]);
    expect(rules[2]?.match).toEqual({
      expr: { expression: "evaluatePreconfiguredWaf('sqli-v33-stable', {'sensitivity': 2})" },
    });
  });

  it('is never without the rule against known vulnerabilities', () => {
    expect(JSON.stringify(rulesOf({}))).toContain("evaluatePreconfiguredExpr('cve-canary')");
  });

  it('lets nobody in by its rate limit who is not allowed', () => {
    const rules = rulesOf({
      allow: ['203.0.113.0/24'],
      rateLimit: { requests: 100, intervalSeconds: 60, banSeconds: 600 },
    });
    expect(rules.filter(({ action }) => !action.startsWith('deny'))).toEqual([
      expect.objectContaining({
        action: 'rate_based_ban',
        match: { versioned_expr: 'SRC_IPS_V1', config: { src_ip_ranges: ['203.0.113.0/24'] } },
        rate_limit_options: expect.objectContaining({
          conform_action: 'allow',
          exceed_action: 'deny(429)',
          enforce_on_key: 'IP',
          ban_duration_sec: 600,
        }),
      }),
    ]);
  });

  it('only slows down where no ban is asked for', () => {
    const rules = rulesOf({ rateLimit: { requests: 100, intervalSeconds: 60 } });
    expect(rules.map(({ action }) => action)).toEqual(['deny(403)', 'throttle', 'allow']);
    expect(rules[1]?.rate_limit_options).not.toHaveProperty('ban_duration_sec');
  });

  it('has at most ten ranges in one rule, and one priority for each', () => {
    const ranges = Array.from({ length: 23 }, (_, i) => `198.51.100.${i}/32`);
    const rules = rulesOf({ deny: ranges });
    const lists = rules.flatMap(({ action, match }) =>
      action === 'allow' ? [] : [match.config?.src_ip_ranges ?? []],
    );
    expect(Math.max(...lists.map((list) => list.length))).toBe(10);
    expect(lists.flat().sort()).toEqual([...ranges].sort());
    expect(new Set(rules.map(({ priority }) => priority)).size).toBe(rules.length);
  });
});

it('lets a member through Identity-Aware Proxy, and no more', () => {
  expect(
    resourceOf(
      'google_iap_web_iam_member',
      'team',
      (stack) => new IapWebMember(stack, 'team', { project, member: 'group:data@example.com' }),
    ),
  ).toMatchObject({ role: 'roles/iap.httpsResourceAccessor', member: 'group:data@example.com' });
});
