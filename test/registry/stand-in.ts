import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A manifest that a registry holds, under a tag and under its digest. */
export interface Stored {
  readonly content: string;
  readonly mediaType?: string;
}

/** How the registry behaves. */
export interface Behaviour {
  /** Manifests by `REPOSITORY:TAG`. */
  readonly images: Record<string, Stored>;
  /** What a client must show before it may read. @default - nothing */
  auth?: 'bearer' | 'basic';
  /** The login that is accepted; without one, anybody gets a token. */
  login?: { readonly username: string; readonly password: string };
  /** Answers, in turn, before the proper ones; a number is a status. */
  readonly first?: (number | { readonly status: number; readonly headers: Record<string, string> })[];
  /** Says this digest instead of the right one; null says none. */
  readonly digestHeader?: string | null;
  /** Gives other content for a digest than the content that has it. */
  readonly forged?: string;
  /** Sends each request for a manifest to this origin. */
  redirectTo?: string;
  /** Whether HEAD is answered by 405. */
  readonly noHead?: boolean;
}

/** A registry on loopback that speaks the real protocol, with what it was asked. */
export interface StandIn {
  /** `127.0.0.1:PORT`, the host in references. */
  readonly host: string;
  /** `METHOD PATH STATUS` of each request. */
  readonly asked: string[];
  readonly behaviour: Behaviour;
  close(): Promise<void>;
}

export function digestOf(content: string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** An index for two architectures, as multi-platform images have it. */
export const index: Stored = {
  mediaType: 'application/vnd.oci.image.index.v1+json',
  content: JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: ['amd64', 'arm64'].map((architecture) => ({
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      digest: digestOf(architecture),
      size: 7,
      platform: { architecture, os: 'linux' },
    })),
  }),
};

export async function startStandIn(behaviour: Behaviour): Promise<StandIn> {
  const asked: string[] = [];
  const server = createServer((incoming, response) => {
    const status = answer(server, behaviour, incoming, response);
    asked.push(`${incoming.method ?? ''} ${(incoming.url ?? '').replace(/\?.*/, '')} ${status}`);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    host: hostOf(server),
    asked,
    behaviour,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => {
          done();
        });
      }),
  };
}

function hostOf(server: Server): string {
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function answer(
  server: Server,
  behaviour: Behaviour,
  incoming: IncomingMessage,
  response: ServerResponse,
): number {
  const url = new URL(incoming.url ?? '/', 'http://registry');
  const send = (status: number, headers: Record<string, string> = {}, body = '') => {
    response.writeHead(status, headers);
    response.end(incoming.method === 'HEAD' ? undefined : body);
    return status;
  };
  if (url.pathname === '/token') return sendToken(behaviour, url, incoming, send);
  const first = behaviour.first?.shift();
  if (first === 0) {
    incoming.socket.destroy();
    return 0;
  }
  if (typeof first === 'number') return send(first);
  if (first !== undefined) return send(first.status, first.headers);

  const [, repository = '', version = ''] = /^\/v2\/(.+)\/manifests\/(.+)$/.exec(url.pathname) ?? [];
  if (behaviour.redirectTo !== undefined)
    return send(307, { location: `${behaviour.redirectTo}${url.pathname}` });
  const wanted = {
    bearer: `Bearer token-for-repository:${repository}:pull`,
    basic: `Basic ${encoded(behaviour.login)}`,
    none: incoming.headers.authorization,
  }[behaviour.auth ?? 'none'];
  if (incoming.headers.authorization !== wanted) {
    const challenge =
      behaviour.auth === 'basic'
        ? 'Basic realm="images"'
        : `Bearer realm="http://${hostOf(server)}/token",service="stand-in",scope="repository:${repository}:pull"`;
    return send(401, { 'www-authenticate': challenge });
  }
  if (behaviour.noHead === true && incoming.method === 'HEAD') return send(405);
  const stored = Object.entries(behaviour.images).find(
    ([name, { content }]) =>
      name === `${repository}:${version}` ||
      (name.startsWith(`${repository}:`) && digestOf(content) === version),
  )?.[1];
  const accepted = (incoming.headers.accept ?? '').split(/, */);
  const mediaType = stored?.mediaType ?? 'application/vnd.oci.image.manifest.v1+json';
  if (stored === undefined || !accepted.includes(mediaType))
    return send(404, {}, '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
  const content = behaviour.forged ?? stored.content;
  const digest = behaviour.digestHeader === undefined ? digestOf(stored.content) : behaviour.digestHeader;
  return send(
    200,
    {
      'content-type': mediaType,
      'content-length': String(Buffer.byteLength(content)),
      ...(digest === null ? {} : { 'docker-content-digest': digest }),
    },
    content,
  );
}

function sendToken(
  behaviour: Behaviour,
  url: URL,
  incoming: IncomingMessage,
  send: (status: number, headers?: Record<string, string>, body?: string) => number,
): number {
  const given = incoming.headers.authorization;
  if (behaviour.login !== undefined && given !== `Basic ${encoded(behaviour.login)}`) return send(401);
  if (url.searchParams.get('service') !== 'stand-in') return send(400);
  return send(
    200,
    { 'content-type': 'application/json' },
    JSON.stringify({ token: `token-for-${url.searchParams.get('scope') ?? ''}` }),
  );
}

function encoded(login: Behaviour['login']): string {
  return Buffer.from(`${login?.username ?? ''}:${login?.password ?? ''}`).toString('base64');
}
