/**
 * Who may do what, worked out the slow way: every sender, machine and port, every subject, verb and object is asked one
 * by one. Shares nothing with the code that it judges.
 */
type Tree = Readonly<Record<string, any>>;

export interface Gist {
  readonly gains: boolean;
  readonly loses: boolean;
}

function compare(before: ReadonlySet<string>, after: ReadonlySet<string>): Gist {
  return {
    gains: [...after].some((one) => !before.has(one)),
    loses: [...before].some((one) => !after.has(one)),
  };
}

const held: Readonly<Record<string, readonly string[]>> = {
  'roles/viewer': ['read'],
  'roles/editor': ['read', 'write'],
  'roles/owner': ['read', 'write', 'own'],
  'roles/storage.objectViewer': ['get'],
  'roles/storage.objectAdmin': ['get', 'put', 'remove'],
};

export interface BruteGrant {
  readonly on: string;
  readonly role: string;
  readonly members: readonly string[];
}

/** Grants on the project `p` and on things in it. */
export function bruteIam(
  before: readonly BruteGrant[],
  after: readonly BruteGrant[],
  principals: readonly string[],
  things: readonly string[],
): Gist {
  const all = (grants: readonly BruteGrant[]) => {
    const found = new Set<string>();
    for (const who of principals) {
      for (const thing of things) {
        for (const { on, role, members } of grants) {
          const isMeant = members.some(
            (one) =>
              one === who ||
              one === 'allUsers' ||
              (one === 'domain:x.com' && who.startsWith('user:') && who.endsWith('@x.com')),
          );
          if (isMeant && (on === thing || on === 'p'))
            held[role]!.forEach((right) => found.add(`${who} ${thing} ${right}`));
        }
      }
    }
    return found;
  };
  return compare(all(before), all(after));
}

function number(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function within(address: string, range: string): boolean {
  const [start = '', length = '32'] = range.split('/');
  const size = 2 ** (32 - Number(length));
  return Math.floor(number(address) / size) === Math.floor(number(start) / size);
}

function subsets(all: readonly string[]): string[][] {
  return all.reduce<string[][]>((sets, one) => [...sets, ...sets.map((set) => [...set, one])], [[]]);
}

/** Every machine, sender, address, protocol and port, against rules of `google_compute_firewall` of one network. */
export function bruteFirewall(
  before: readonly Tree[],
  after: readonly Tree[],
  universe: { tags: readonly string[]; addresses: readonly string[]; ports: readonly number[] },
): Gist {
  const passes = (
    rules: readonly Tree[],
    isEgress: boolean,
    machine: string[],
    sender: string[],
    address: string,
    protocol: string,
    port: number,
  ) => {
    const asked = rules
      .filter((rule) => (rule.direction === 'EGRESS') === isEgress && rule.disabled !== true)
      .filter(
        (rule) =>
          rule.target_tags === undefined || rule.target_tags.some((tag: string) => machine.includes(tag)),
      )
      .filter((rule) => {
        const ranges: string[] | undefined = isEgress ? rule.destination_ranges : rule.source_ranges;
        const tags: string[] = rule.source_tags ?? [];
        if (tags.some((tag) => sender.includes(tag))) return true;
        if (ranges === undefined) return tags.length === 0;
        return ranges.some((range) => within(address, range));
      })
      .filter((rule) =>
        [...(rule.allow ?? []), ...(rule.deny ?? [])].some(
          (one: Tree) =>
            (one.protocol === 'all' || one.protocol === protocol) &&
            (one.ports === undefined ||
              one.ports.some((text: string) => {
                const [first, last = first] = text.split('-').map(Number);
                return port >= first! && port <= last!;
              })),
        ),
      );
    const best = Math.min(...asked.map((rule) => rule.priority ?? 1000));
    const deciding = asked.filter((rule) => (rule.priority ?? 1000) === best);
    if (deciding.length === 0) return isEgress;
    return deciding.every((rule) => rule.deny === undefined);
  };
  const all = (rules: readonly Tree[]) => {
    const found = new Set<string>();
    for (const isEgress of [true, false])
      for (const machine of subsets(universe.tags))
        for (const sender of isEgress ? [[]] : subsets(universe.tags))
          for (const address of universe.addresses)
            for (const protocol of ['tcp', 'udp', 'icmp'])
              for (const port of universe.ports)
                if (passes(rules, isEgress, machine, sender, address, protocol, port))
                  found.add([isEgress, machine, sender, address, protocol, port].join(' '));
    return found;
  };
  return compare(all(before), all(after));
}

function chosen(selector: Tree | undefined, labels: Tree): boolean {
  if (selector === undefined) return true;
  const exact = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return (
    exact &&
    (selector.matchExpressions ?? []).every(({ key, operator, values }: Tree) =>
      operator === 'In'
        ? values.includes(labels[key])
        : operator === 'NotIn'
          ? !values.includes(labels[key])
          : operator === 'Exists'
            ? key in labels
            : !(key in labels),
    )
  );
}

export interface BrutePod {
  readonly namespace: string;
  readonly labels: Tree;
}

/** Every pod against every other pod and address, on every port, both ways. */
export function bruteNetwork(
  before: readonly Tree[],
  after: readonly Tree[],
  universe: {
    pods: readonly BrutePod[];
    peers: readonly BrutePod[];
    spaces: Readonly<Record<string, Tree>>;
    addresses: readonly string[];
    ports: readonly number[];
  },
): Gist {
  const portFits = (ports: Tree[] | undefined, protocol: string, port: number) =>
    (ports ?? []).length === 0 ||
    ports!.some(
      (one) =>
        (one.protocol ?? 'TCP') === protocol &&
        (one.port === undefined || (port >= one.port && port <= (one.endPort ?? one.port))),
    );
  const open = (
    policies: readonly Tree[],
    direction: 'ingress' | 'egress',
    pod: BrutePod,
    other: BrutePod | string,
    protocol: string,
    port: number,
  ) => {
    const about = policies.filter(
      ({ metadata, spec }) =>
        metadata.namespace === pod.namespace &&
        chosen(spec.podSelector, pod.labels) &&
        (spec.policyTypes === undefined
          ? direction === 'ingress' || spec.egress !== undefined
          : spec.policyTypes.includes(direction === 'ingress' ? 'Ingress' : 'Egress')),
    );
    if (about.length === 0) return true;
    return about.some(({ spec }) =>
      (spec[direction] ?? []).some((rule: Tree) => {
        const peers: Tree[] = rule[direction === 'ingress' ? 'from' : 'to'] ?? [];
        const fits = (peer: Tree) => {
          if (typeof other === 'string') {
            return (
              peer.ipBlock !== undefined &&
              within(other, peer.ipBlock.cidr) &&
              !(peer.ipBlock.except ?? []).some((range: string) => within(other, range))
            );
          }
          if (peer.ipBlock !== undefined) return false;
          const space =
            peer.namespaceSelector === undefined
              ? other.namespace === pod.namespace
              : chosen(peer.namespaceSelector, universe.spaces[other.namespace]!);
          return space && chosen(peer.podSelector, other.labels);
        };
        return (peers.length === 0 || peers.some(fits)) && portFits(rule.ports, protocol, port);
      }),
    );
  };
  const all = (policies: readonly Tree[]) => {
    const found = new Set<string>();
    for (const direction of ['ingress', 'egress'] as const)
      for (const pod of universe.pods)
        for (const other of [...universe.peers, ...universe.addresses])
          for (const protocol of ['TCP', 'UDP'])
            for (const port of universe.ports)
              if (open(policies, direction, pod, other, protocol, port))
                found.add(JSON.stringify([direction, pod, other, protocol, port]));
    return found;
  };
  return compare(all(before), all(after));
}

/** Every subject, verb, kind of object and name in every namespace, against roles and bindings. */
export function bruteRbac(
  before: readonly Tree[],
  after: readonly Tree[],
  universe: {
    subjects: readonly string[];
    namespaces: readonly string[];
    verbs: readonly string[];
    groups: readonly string[];
    resources: readonly string[];
    names: readonly string[];
  },
): Gist {
  const all = (objects: readonly Tree[]) => {
    const rulesOf = (kind: string, namespace: string, name: string): Tree[] => {
      const role = objects.find(
        (one) =>
          one.kind === kind &&
          one.metadata.name === name &&
          (kind === 'ClusterRole' || one.metadata.namespace === namespace),
      );
      if (role?.aggregationRule === undefined) return role?.rules ?? [];
      return objects
        .filter((one) => one.kind === 'ClusterRole' && one !== role)
        .filter((one) =>
          role.aggregationRule.clusterRoleSelectors.some((s: Tree) => chosen(s, one.metadata.labels ?? {})),
        )
        .flatMap((one) => one.rules ?? []);
    };
    const found = new Set<string>();
    for (const subject of universe.subjects)
      for (const namespace of universe.namespaces) {
        const rules = objects
          .filter(
            ({ kind, metadata }) =>
              kind === 'ClusterRoleBinding' || (kind === 'RoleBinding' && metadata.namespace === namespace),
          )
          .filter(({ subjects }) =>
            subjects.some(
              (one: Tree) =>
                `${one.kind} ${one.name}` === subject ||
                `${one.kind} ${one.name}` === 'Group system:authenticated',
            ),
          )
          .flatMap(({ roleRef }) => rulesOf(roleRef.kind, namespace, roleRef.name));
        for (const verb of universe.verbs)
          for (const group of universe.groups)
            for (const resource of universe.resources)
              for (const name of universe.names) {
                const fits = (list: string[] | undefined, one: string) =>
                  list?.includes('*') === true || list?.includes(one) === true;
                const [, part] = resource.split('/');
                if (
                  rules.some(
                    (rule) =>
                      fits(rule.verbs, verb) &&
                      fits(rule.apiGroups, group) &&
                      (fits(rule.resources, resource) ||
                        (part !== undefined && rule.resources.includes(`*/${part}`))) &&
                      (rule.resourceNames === undefined || rule.resourceNames.includes(name)),
                  )
                )
                  found.add([subject, namespace, verb, group, resource, name].join(' '));
              }
      }
    return found;
  };
  return compare(all(before), all(after));
}
