import { answerOf, type HttpRequest } from './http-routes';

const listener = (name: string, protocol: string, more: object = {}) => ({
  name,
  protocol,
  port: 443,
  ...more,
});
const gateway = (...listeners: object[]) => ({
  metadata: { name: 'g', namespace: 'a' },
  spec: { listeners },
});
const https = listener('https', 'HTTPS', { allowedRoutes: { namespaces: { from: 'All' } } });
const route = (name: string, spec: object, metadata: object = {}) => ({
  kind: 'HTTPRoute',
  metadata: { name, namespace: 'a', ...metadata },
  spec: { parentRefs: [{ name: 'g', namespace: 'a' }], rules: [to(name)], ...spec },
});
const to = (service: string, ...matches: object[]) => ({
  ...(matches.length > 0 && { matches }),
  backendRefs: [{ name: service, port: 80 }],
});
const path = (value: string, type = 'PathPrefix') => ({ path: { type, value } });
const get = (more: Partial<HttpRequest> = {}): HttpRequest => ({
  scheme: 'https',
  host: 'x.example.com',
  path: '/',
  ...more,
});
const by = (routes: object[], more: Partial<HttpRequest> = {}, listeners: object[] = [https]) => {
  const answer = answerOf(gateway(...listeners), routes, get(more));
  return answer.kind === 'backend' ? answer.service : answer.kind;
};

describe('a request goes to', () => {
  it('the route of the more specific host, whatever its path', () => {
    const routes = [
      route('any', { rules: [to('any', path('/a/b', 'Exact'))] }),
      route('wild', { hostnames: ['*.example.com'] }),
      route('whole', { hostnames: ['x.example.com'] }),
    ];
    expect(by(routes, { path: '/a/b' })).toBe('whole');
    expect(by(routes.slice(0, 2), { path: '/a/b' })).toBe('wild');
    expect(by(routes, { host: 'y.other.com', path: '/a/b' })).toBe('any');
  });

  it('no route of another host, nor by a wildcard to the domain itself', () => {
    expect(by([route('r', { hostnames: ['y.example.com'] })])).toBe('none');
    expect(by([route('r', { hostnames: ['*.example.com'] })], { host: 'example.com' })).toBe('none');
    expect(by([route('r', { hostnames: ['*.example.com'] })], { host: 'badexample.com' })).toBe('none');
  });

  it('an exact path before a prefix, and the longer prefix before the shorter, which ends at a part', () => {
    const rules = [to('root', path('/')), to('api', path('/api')), to('exact', path('/api/v2', 'Exact'))];
    const routes = [route('r', { rules })];
    expect(['/api/v2', '/api/v2/x', '/apiary', '/api'].map((one) => by(routes, { path: one }))).toEqual([
      'exact',
      'api',
      'root',
      'api',
    ]);
  });

  it('what asks for a method, more headers or more parameters, in this order', () => {
    const header = { headers: [{ name: 'h', value: '1' }] };
    const two = { headers: [...header.headers, { name: 'i', value: '2' }] };
    const query = { queryParams: [{ name: 'q', value: '1' }] };
    const rules = [
      to('query', query),
      to('two', two),
      to('header', header),
      to('method', { method: 'GET' }),
      to('all'),
    ];
    const routes = [route('r', { rules })];
    const headers = { h: '1', i: '2' };
    expect(by(routes, { headers, query: { q: '1' } })).toBe('method');
    expect(by(routes, { headers, query: { q: '1' }, method: 'PUT' })).toBe('two');
    expect(by(routes, { headers: { h: '1' }, query: { q: '1' }, method: 'PUT' })).toBe('header');
    expect(by(routes, { query: { q: '1' }, method: 'PUT' })).toBe('query');
    expect(by(routes, { method: 'PUT' })).toBe('all');
  });

  it('the older of two routes that are alike, then the first by name, then the first rule', () => {
    const old = route('z', {}, { creationTimestamp: '2026-01-01T00:00:00Z' });
    const young = route('a', {}, { creationTimestamp: '2026-02-01T00:00:00Z' });
    expect(by([young, old])).toBe('z');
    expect(by([route('z', {}), route('b', {})])).toBe('b');
    expect(by([route('r', { rules: [to('one'), to('two')] })])).toBe('one');
  });

  it('no route that may not attach: by its namespace, by another listener or to another Gateway', () => {
    const same = listener('https', 'HTTPS');
    const picked = listener('https', 'HTTPS', {
      allowedRoutes: {
        namespaces: {
          from: 'Selector',
          selector: {
            matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['b'] }],
          },
        },
      },
    });
    const far = route('far', {}, { namespace: 'b' });
    expect(by([far], {}, [same])).toBe('none');
    expect(by([far], {}, [picked])).toBe('far');
    expect(by([route('near', {})], {}, [picked])).toBe('none');
    const section = { parentRefs: [{ name: 'g', namespace: 'a', sectionName: 'http' }] };
    expect(by([route('r', section)])).toBe('none');
    expect(by([route('r', { parentRefs: [{ name: 'other', namespace: 'a' }] })])).toBe('none');
    expect(by([route('r', {})], { scheme: 'http' })).toBe('none');
  });

  it('another place, with the path kept', () => {
    const filters = [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }];
    const plain = listener('http', 'HTTP');
    expect(
      answerOf(gateway(plain), [route('r', { rules: [{ filters }] })], get({ scheme: 'http', path: '/a' })),
    ).toEqual({ kind: 'redirect', status: 301, location: 'https://x.example.com/a' });
  });
});
