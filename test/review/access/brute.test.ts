import { fc } from '../../support/property';
import { accessBetween, gist } from '../../support/access-sides';
import {
  bruteFirewall,
  type BruteGrant,
  bruteIam,
  bruteNetwork,
  bruteRbac,
} from '../../support/brute-access';

const runs = { numRuns: 25 };

function some<T>(...values: readonly T[]): fc.Arbitrary<T[]> {
  return fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
}

describe('Access', () => {
  it('is told of grants at Google as asking everybody about everything tells it', () => {
    const principals = ['user:a@x.com', 'user:b@y.com', 'group:c@x.com'];
    const grant = fc.record({
      on: fc.constantFrom('p', 'one', 'two'),
      role: fc.constantFrom(
        'roles/viewer',
        'roles/editor',
        'roles/owner',
        'roles/storage.objectViewer',
        'roles/storage.objectAdmin',
      ),
      members: some(...principals, 'allUsers', 'domain:x.com'),
    });
    const resourcesOf = (grants: readonly BruteGrant[]) => {
      const resource: Record<string, Record<string, unknown>> = {
        google_storage_bucket: {
          one: { name: 'one', project: 'p', location: 'EU' },
          two: { name: 'two', project: 'p', location: 'EU' },
        },
      };
      grants.forEach(({ on, role, members }, index) => {
        const isProject = on === 'p';
        const type = isProject ? 'google_project_iam' : 'google_storage_bucket_iam';
        const at = isProject ? { project: 'p' } : { bucket: on };
        // Of the same grants, some are written as members and some as bindings.
        if (index % 2 === 0) {
          members.forEach((member, i) => {
            (resource[`${type}_member`] ??= {})[`g${index}_${i}`] = { ...at, role, member };
          });
        } else (resource[`${type}_binding`] ??= {})[`g${index}`] = { ...at, role, members };
      });
      return { terraform: { resource } };
    };
    fc.assert(
      fc.property(fc.array(grant, { maxLength: 4 }), fc.array(grant, { maxLength: 4 }), (before, after) => {
        const wanted = bruteIam(
          before,
          after,
          [...principals, 'user:other@x.com', 'anybody'],
          ['p', 'one', 'two'],
        );
        expect(gist(accessBetween(resourcesOf(before), resourcesOf(after)))).toEqual(wanted);
      }),
      runs,
    );
  });

  it('is told of firewalls as sending from everywhere to every machine tells it', () => {
    const tags = ['web', 'db'];
    const traffic = fc.constantFrom(
      [{ protocol: 'tcp', ports: ['80'] }],
      [{ protocol: 'tcp', ports: ['20-80', '443'] }],
      [{ protocol: 'all' }],
      [{ protocol: 'udp' }],
    );
    const ranges = some('0.0.0.0/0', '10.0.0.0/8', '10.1.0.0/16', '0.0.0.0/1', '128.0.0.0/1');
    const rule = fc
      .record({
        isEgress: fc.boolean(),
        allows: fc.boolean(),
        traffic,
        priority: fc.constantFrom(undefined, 900, 1100),
        ranges: fc.option(ranges, { nil: undefined }),
        source_tags: fc.option(some(...tags), { nil: undefined }),
        target_tags: fc.option(some(...tags), { nil: undefined }),
        disabled: fc.constantFrom(undefined, undefined, true),
      })
      .map(({ isEgress, allows, traffic: list, ranges: peers, source_tags, ...rest }) => ({
        network: 'main',
        direction: isEgress ? 'EGRESS' : 'INGRESS',
        ...(allows ? { allow: list } : { deny: list }),
        ...(isEgress ? { destination_ranges: peers } : { source_ranges: peers, source_tags }),
        ...rest,
      }))
      .map((body) => JSON.parse(JSON.stringify(body)) as Record<string, unknown>);
    const stateOf = (rules: readonly unknown[]) => ({
      terraform: {
        resource: { google_compute_firewall: Object.fromEntries(rules.map((body, i) => [`r${i}`, body])) },
      },
    });
    const universe = {
      tags,
      addresses: ['10.1.2.3', '10.2.0.1', '9.9.9.9', '200.1.1.1'],
      ports: [20, 80, 81, 443, 60000],
    };
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), fc.array(rule, { maxLength: 4 }), (before, after) => {
        const wanted = bruteFirewall(before, after, universe);
        expect(gist(accessBetween(stateOf(before), stateOf(after)))).toEqual(wanted);
      }),
      runs,
    );
  });

  it('is told of network policies as every pod calling every other tells it', () => {
    const selector = fc.constantFrom<Record<string, unknown>>(
      {},
      { matchLabels: { app: 'a' } },
      { matchExpressions: [{ key: 'app', operator: 'In', values: ['a', 'b'] }] },
      { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['a'] }] },
      { matchExpressions: [{ key: 'tier', operator: 'Exists' }] },
    );
    const space = fc.constantFrom<Record<string, unknown>>(
      {},
      { matchLabels: { 'kubernetes.io/metadata.name': 'other' } },
      { matchLabels: { team: 'x' } },
    );
    const peer = fc.oneof(
      selector.map((podSelector) => ({ podSelector })),
      space.map((namespaceSelector) => ({ namespaceSelector })),
      fc
        .tuple(selector, space)
        .map(([podSelector, namespaceSelector]) => ({ podSelector, namespaceSelector })),
      fc.constant({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }),
      fc.constant({ ipBlock: { cidr: '10.0.0.0/8' } }),
      fc.constant({ ipBlock: { cidr: '0.0.0.0/0' } }),
    );
    const ports = fc.constantFrom(
      undefined,
      [{ port: 80 }],
      [
        { port: 80, endPort: 90 },
        { protocol: 'UDP', port: 53 },
      ],
      [{ protocol: 'TCP' }],
    );
    const rule = (field: string) =>
      fc
        .record({
          peers: fc.option(fc.array(peer, { minLength: 1, maxLength: 2 }), { nil: undefined }),
          ports,
        })
        .map(({ peers, ports: list }) => ({ [field]: peers, ports: list }));
    const policy = fc
      .record({
        podSelector: selector,
        ingress: fc.option(fc.array(rule('from'), { maxLength: 2 }), { nil: undefined }),
        egress: fc.option(fc.array(rule('to'), { maxLength: 2 }), { nil: undefined }),
        policyTypes: fc.constantFrom(undefined, ['Ingress'], ['Egress'], ['Ingress', 'Egress']),
      })
      .map((spec) => JSON.parse(JSON.stringify(spec)) as Record<string, unknown>);
    const labels = [
      {},
      { app: 'a' },
      { app: 'b' },
      { app: 'c' },
      { tier: 't' },
      { app: 'a', tier: 't' },
      { app: 'b', tier: 't' },
      { app: 'c', tier: 't' },
    ];
    const objectsOf = (specs: readonly Record<string, unknown>[]) => ({
      objects: [
        ...labels.map((own, i) => ({
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: `p${i}`, namespace: 'main', labels: own },
          spec: {},
        })),
        ...specs.map((spec, i) => ({
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: { name: `n${i}`, namespace: 'main' },
          spec,
        })),
      ],
    });
    const spaces = {
      main: { 'kubernetes.io/metadata.name': 'main' },
      other: { 'kubernetes.io/metadata.name': 'other' },
      teams: { 'kubernetes.io/metadata.name': 'teams', team: 'x' },
      rest: { 'kubernetes.io/metadata.name': 'rest' },
    };
    const universe = {
      spaces,
      pods: labels.map((own) => ({ namespace: 'main', labels: own })),
      peers: Object.keys(spaces).flatMap((namespace) => labels.map((own) => ({ namespace, labels: own }))),
      addresses: ['10.1.2.3', '10.2.3.4', '8.8.8.8'],
      ports: [53, 80, 85, 9999],
    };
    fc.assert(
      fc.property(fc.array(policy, { maxLength: 3 }), fc.array(policy, { maxLength: 3 }), (before, after) => {
        const policies = (specs: readonly Record<string, unknown>[]) =>
          specs.map((spec) => ({ metadata: { namespace: 'main' }, spec }));
        const wanted = bruteNetwork(policies(before), policies(after), universe);
        expect(gist(accessBetween(objectsOf(before), objectsOf(after)))).toEqual(wanted);
      }),
      { numRuns: 8 },
    );
  });

  it('is told of roles and bindings as trying every verb on everything tells it', () => {
    const rule = fc
      .record({
        verbs: some('get', 'list', '*'),
        apiGroups: some('', 'apps', '*'),
        resources: some('pods', 'pods/log', '*', '*/log'),
        resourceNames: fc.constantFrom(undefined, undefined, ['x']),
      })
      .map((one) => JSON.parse(JSON.stringify(one)) as Record<string, unknown>);
    const rbac = 'rbac.authorization.k8s.io';
    const roles = fc.record({
      role: fc.array(rule, { maxLength: 2 }),
      cluster: fc.array(rule, { maxLength: 2 }),
      part: fc.array(rule, { maxLength: 1 }),
      aggregates: fc.boolean(),
      belongs: fc.boolean(),
    });
    const binding = fc.record({
      isWide: fc.boolean(),
      namespace: fc.constantFrom('a', 'b'),
      role: fc.constantFrom('role', 'cluster'),
      subjects: some(
        { kind: 'User', name: 'u', apiGroup: rbac },
        { kind: 'Group', name: 'system:authenticated', apiGroup: rbac },
        { kind: 'Group', name: 'g', apiGroup: rbac },
      ),
    });
    const state = fc
      .record({ roles, bindings: fc.array(binding, { maxLength: 3 }) })
      .map(({ roles: own, bindings }) => {
        const make = (kind: string, name: string, namespace: string | undefined, rest: object) => ({
          apiVersion: `${rbac}/v1`,
          kind,
          metadata: {
            name,
            ...(namespace === undefined ? {} : { namespace }),
            ...(name === 'part' && own.belongs ? { labels: { part: 'yes' } } : {}),
          },
          ...rest,
        });
        return [
          make('Role', 'role', 'a', { rules: own.role }),
          make('Role', 'role', 'b', { rules: own.role }),
          make('ClusterRole', 'part', undefined, { rules: own.part }),
          make(
            'ClusterRole',
            'cluster',
            undefined,
            own.aggregates
              ? { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: 'yes' } }] }, rules: [] }
              : { rules: own.cluster },
          ),
          ...bindings.map(({ isWide, namespace, role, subjects }, i) => {
            const wide = isWide && role === 'cluster';
            return make(wide ? 'ClusterRoleBinding' : 'RoleBinding', `b${i}`, wide ? undefined : namespace, {
              subjects,
              roleRef: { apiGroup: rbac, kind: role === 'cluster' ? 'ClusterRole' : 'Role', name: role },
            });
          }),
        ];
      });
    const universe = {
      subjects: ['User u', 'Group g', 'User nobody', 'Group system:authenticated'],
      namespaces: ['a', 'b', 'c'],
      verbs: ['get', 'list', 'other'],
      groups: ['', 'apps', 'other'],
      resources: ['pods', 'pods/log', 'things', 'things/log'],
      names: ['x', 'y'],
    };
    fc.assert(
      fc.property(state, state, (before, after) => {
        const rows = accessBetween({ objects: before }, { objects: after });
        // Of roles that nobody here is bound to, it is told what others who are may do.
        const bound = rows.filter(({ principal }) => !principal.startsWith('whoever is bound'));
        expect(gist(bound)).toEqual(bruteRbac(before, after, universe));
      }),
      runs,
    );
  });
});
