/** What a client asks for. */
export interface HttpRequest {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

/** Who answers. */
export type HttpAnswer =
  | { readonly kind: 'backend'; readonly namespace: string; readonly service: string; readonly port: number }
  | { readonly kind: 'redirect'; readonly status: number; readonly location: string }
  | { readonly kind: 'none'; readonly why: string };

type Json = any;

interface Candidate {
  readonly route: Json;
  readonly rule: Json;
  readonly match: Json;
  readonly order: number;
  readonly hostname: string;
}

/**
 * Which rule of which route answers a request, as the specification of the Gateway API says: the listener of the port
 * whose host name is the most specific, of the routes that may attach to it those of the most specific host name, and of
 * their rules the one whose match is the most specific: an exact path before a prefix, the longer before the shorter,
 * then a method, more headers, more parameters; and where all of that is the same, the older route, then the one that
 * comes first by its name, then the rule that comes first.
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
 */
export function answerOf(
  gateway: Json,
  routes: readonly Json[],
  request: HttpRequest,
  namespaces: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): HttpAnswer {
  const protocol = request.scheme === 'https' ? 'HTTPS' : 'HTTP';
  const [listener] = (gateway.spec.listeners as Json[])
    .filter((one) => one.protocol === protocol && covers(one.hostname, request.host))
    .sort((a, b) => specificity(b.hostname) - specificity(a.hostname));
  if (listener === undefined) return { kind: 'none', why: `no listener for ${protocol} ${request.host}` };
  const attached = routes.filter((route) => attaches(gateway, listener, route, namespaces));
  const candidates = attached.flatMap((route): Candidate[] => {
    const names: (string | undefined)[] = route.spec.hostnames ?? [undefined];
    const [hostname] = names
      .filter((name) => covers(name, request.host))
      .sort((a, b) => specificity(b) - specificity(a));
    if (!names.some((name) => covers(name, request.host))) return [];
    return (route.spec.rules as Json[]).flatMap((rule, order) =>
      ((rule.matches ?? [{}]) as Json[])
        .filter((match) => matches(match, request))
        .map((match) => ({ route, rule, match, order, hostname: hostname ?? '' })),
    );
  });
  const [chosen] = candidates.sort(compare);
  if (chosen === undefined) return { kind: 'none', why: `no route for ${request.host}${request.path}` };
  return act(chosen, request);
}

function attaches(
  gateway: Json,
  listener: Json,
  route: Json,
  namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>,
): boolean {
  const { namespace } = route.metadata;
  const isParent = (route.spec.parentRefs as Json[]).some(
    (parent) =>
      parent.name === gateway.metadata.name &&
      (parent.namespace ?? namespace) === gateway.metadata.namespace &&
      (parent.sectionName === undefined || parent.sectionName === listener.name) &&
      (parent.port === undefined || parent.port === listener.port),
  );
  const allowed = listener.allowedRoutes?.namespaces ?? { from: 'Same' };
  const kinds = (listener.allowedRoutes?.kinds ?? [{ kind: 'HTTPRoute' }]) as Json[];
  if (!isParent || !kinds.some(({ kind }) => kind === route.kind)) return false;
  if (allowed.from === 'All') return true;
  if (allowed.from === 'Same') return namespace === gateway.metadata.namespace;
  const labels = { ...namespaces[namespace], 'kubernetes.io/metadata.name': namespace } as Record<
    string,
    string
  >;
  const { matchLabels = {}, matchExpressions = [] } = allowed.selector;
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    (matchExpressions as Json[]).every(
      ({ key, operator, values }) => operator === 'In' && values.includes(labels[key]),
    )
  );
}

/** Whether a host name, which may begin with a wildcard for one or more labels, means a host. */
function covers(name: string | undefined, host: string): boolean {
  if (name === undefined || name === host) return true;
  return name.startsWith('*.') && host.endsWith(name.slice(1)) && host.length > name.length - 1;
}

/** The more of a host name is written out, the more specific it is; a wildcard is less than any whole name. */
function specificity(name: string | undefined): number {
  if (name === undefined) return 0;
  return name.startsWith('*.') ? name.length : 1000 + name.length;
}

function matches(match: Json, request: HttpRequest): boolean {
  const { type = 'PathPrefix', value = '/' } = match.path ?? {};
  const prefix = value.replace(/\/$/, '');
  const path =
    type === 'Exact'
      ? request.path === value
      : request.path === prefix || request.path.startsWith(`${prefix}/`);
  const all = (wanted: Json[] | undefined, found: Readonly<Record<string, string>> = {}) =>
    (wanted ?? []).every((one) => found[one.name] === one.value);
  return (
    path &&
    (match.method === undefined || match.method === (request.method ?? 'GET')) &&
    all(match.headers, request.headers) &&
    all(match.queryParams, request.query)
  );
}

function compare(a: Candidate, b: Candidate): number {
  const rank = ({ match, hostname }: Candidate) => [
    specificity(hostname === '' ? undefined : hostname),
    match.path?.type === 'Exact' ? 1 : 0,
    (match.path?.value ?? '/').length,
    match.method === undefined ? 0 : 1,
    (match.headers ?? []).length,
    (match.queryParams ?? []).length,
  ];
  const [first, second] = [rank(a), rank(b)];
  for (const [i, value] of first.entries()) if (value !== second[i]) return (second[i] ?? 0) - value;
  const age = ({ route }: Candidate) => String(route.metadata.creationTimestamp ?? '');
  const name = ({ route }: Candidate) => `${route.metadata.namespace}/${route.metadata.name}`;
  return age(a).localeCompare(age(b)) || name(a).localeCompare(name(b)) || a.order - b.order;
}

function act({ route, rule }: Candidate, request: HttpRequest): HttpAnswer {
  const redirect = ((rule.filters ?? []) as Json[]).find(
    ({ type }) => type === 'RequestRedirect',
  )?.requestRedirect;
  if (redirect !== undefined) {
    const { scheme = request.scheme, hostname = request.host, statusCode = 302 } = redirect;
    return { kind: 'redirect', status: statusCode, location: `${scheme}://${hostname}${request.path}` };
  }
  const [backend] = (rule.backendRefs ?? []) as Json[];
  if (backend === undefined) return { kind: 'none', why: 'a rule without a backend' };
  return {
    kind: 'backend',
    namespace: backend.namespace ?? route.metadata.namespace,
    service: backend.name,
    port: backend.port,
  };
}
