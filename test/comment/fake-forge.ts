import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A comment or note that a fake keeps. */
export interface Kept {
  id: number;
  body: string;
  by: 'us' | 'bot' | 'person';
  system?: boolean;
}

export const token = 'secret-token-0123456789';

/** What a fake forge says instead of what was asked, once each. */
export interface Trouble {
  /** Method and a part of the path. */
  readonly on: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A pull request with its comments, behind an API on the loopback interface. */
export interface FakeForge {
  readonly url: string;
  /** Every request, `METHOD path`. */
  readonly log: string[];
  readonly comments: Kept[];
  readonly troubles: Trouble[];
  /** The last commit of the branch. */
  head: string;
  state: string;
  /** Called before each answer. */
  before: (request: string) => void;
  /** Most items of a page. */
  pageSize: number;
  readonly close: () => Promise<void>;
}

type Answer = (request: IncomingMessage, url: URL, body: string, reply: Reply) => void;
type Reply = (status: number, body?: unknown, headers?: Readonly<Record<string, string>>) => void;

async function fake(prefix: string, answerOf: (forge: FakeForge) => Answer): Promise<FakeForge> {
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', forge.url);
      const line = `${request.method ?? ''} ${url.pathname.slice(prefix.length)}${url.search}`;
      forge.log.push(line);
      forge.before(line);
      const reply: Reply = (status, body, headers = {}) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(body === undefined ? '' : JSON.stringify(body));
      };
      const at = forge.troubles.findIndex(({ on }) => line.startsWith(on));
      const [trouble] = at < 0 ? [] : forge.troubles.splice(at, 1);
      if (trouble !== undefined)
        reply(trouble.status, trouble.body ?? { message: 'trouble' }, trouble.headers);
      else answer(request, url, Buffer.concat(chunks).toString('utf8'), reply);
    });
  };
  const server: Server = createServer(handle);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const forge: FakeForge = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}${prefix}`,
    log: [],
    comments: [],
    troubles: [],
    head: 'c'.repeat(40),
    state: 'open',
    before: () => undefined,
    pageSize: 100,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => {
          done();
        });
      }),
  };
  const answer = answerOf(forge);
  return forge;
}

function nextId(forge: FakeForge): number {
  return Math.max(1000, ...forge.comments.map(({ id }) => id)) + 1;
}

/** One page of a list, with the links to the others, as both forges write them. */
function page(forge: FakeForge, url: URL, items: readonly unknown[], reply: Reply): void {
  const at = Number(url.searchParams.get('page') ?? '1');
  const size = Math.min(forge.pageSize, Number(url.searchParams.get('per_page') ?? '30'));
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (to: number, rel: string) => {
    const target = new URL(url);
    target.searchParams.set('page', String(to));
    return `<${target.href}>; rel="${rel}"`;
  };
  const links = [
    ...(at < last ? [link(at + 1, 'next'), link(last, 'last')] : []),
    ...(at > 1 ? [link(1, 'first')] : []),
  ];
  reply(200, items.slice((at - 1) * size, at * size), links.length === 0 ? {} : { link: links.join(', ') });
}

/** GitHub with `acme/data`, where number 12 is open and comes from the branch `work` of the fork of `ada`. */
export function fakeGithub(): Promise<FakeForge> {
  return fake('', (forge) => (request, url, text, reply) => {
    if (request.headers.authorization !== `Bearer ${token}`) {
      reply(401, {
        message: 'Bad credentials',
        documentation_url: 'https://docs.github.com/rest',
        status: '401',
      });
      return;
    }
    const shown = ({ id, body, by }: Kept) => ({
      id,
      body,
      user: by === 'person' ? { login: 'ada', type: 'User' } : { login: 'github-actions[bot]', type: 'Bot' },
    });
    const pull = { number: 12, state: forge.state, head: { sha: forge.head, ref: 'work' } };
    const { pathname } = url;
    const [, one] = /^\/repos\/acme\/data\/issues\/comments\/(\d+)$/.exec(pathname) ?? [];
    const kept = forge.comments.find(({ id }) => id === Number(one));
    const sent = () => (JSON.parse(text) as { body: string }).body;
    switch (`${request.method ?? ''} ${pathname.replace(/\/\d+$/, '/N')}`) {
      case 'GET /user':
        reply(403, { message: 'Resource not accessible by integration', status: '403' });
        return;
      case 'GET /repos/acme/data/pulls/N':
        if (pathname.endsWith('/12')) reply(200, pull);
        else reply(404, { message: 'Not Found', status: '404' });
        return;
      case 'GET /repos/acme/data/pulls': {
        const found = url.searchParams.get('head') === 'ada:work' && forge.state === 'open';
        page(forge, url, found ? [{ ...pull, number: 11, head: { sha: 'd'.repeat(40) } }, pull] : [], reply);
        return;
      }
      case 'GET /repos/acme/data/issues/12/comments':
        page(forge, url, forge.comments.map(shown), reply);
        return;
      case 'POST /repos/acme/data/issues/12/comments': {
        if (sent().length > 65_536) {
          reply(422, {
            message: 'Validation Failed',
            errors: [{ resource: 'IssueComment', code: 'unprocessable' }],
          });
          return;
        }
        const made: Kept = { id: nextId(forge), body: sent(), by: 'us' };
        forge.comments.push(made);
        reply(201, shown(made));
        return;
      }
      case 'PATCH /repos/acme/data/issues/comments/N':
        if (kept === undefined) reply(404, { message: 'Not Found' });
        else reply(200, shown(Object.assign(kept, { body: sent() })));
        return;
      case 'DELETE /repos/acme/data/issues/comments/N':
        if (kept !== undefined) forge.comments.splice(forge.comments.indexOf(kept), 1);
        reply(kept === undefined ? 404 : 204);
        return;
      default:
        reply(404, { message: 'Not Found', status: '404' });
    }
  });
}

/** GitLab with the project 7, where the merge request 12 is open. */
export function fakeGitlab(): Promise<FakeForge> {
  return fake('/api/v4', (forge) => (request, url, text, reply) => {
    if (request.headers['private-token'] !== token) {
      reply(401, { message: '401 Unauthorized' });
      return;
    }
    const ids = { us: 42, bot: 43, person: 44 };
    const shown = ({ id, body, by, system = false }: Kept) => ({ id, body, system, author: { id: ids[by] } });
    const path = url.pathname.replace('/api/v4', '');
    const notes = '/projects/7/merge_requests/12/notes';
    const [, one] = /\/notes\/(\d+)$/.exec(path) ?? [];
    const kept = forge.comments.find(({ id }) => id === Number(one));
    const sent = () => (JSON.parse(text) as { body: string }).body;
    switch (`${request.method ?? ''} ${path.replace(/\/notes\/\d+$/, '/notes/N')}`) {
      case 'GET /user':
        reply(200, { id: ids.us, username: 'project_7_bot', bot: true });
        return;
      case 'GET /projects/7/merge_requests/12':
        reply(200, { iid: 12, sha: forge.head, state: forge.state === 'open' ? 'opened' : 'merged' });
        return;
      case `GET ${notes}`:
        page(forge, url, forge.comments.map(shown), reply);
        return;
      case `POST ${notes}`: {
        const made: Kept = { id: nextId(forge), body: sent(), by: 'us' };
        forge.comments.push(made);
        reply(201, shown(made));
        return;
      }
      case `PUT ${notes}/N`:
        if (kept === undefined) reply(404, { message: '404 Not found' });
        else reply(200, shown(Object.assign(kept, { body: sent() })));
        return;
      case `DELETE ${notes}/N`:
        if (kept !== undefined) forge.comments.splice(forge.comments.indexOf(kept), 1);
        reply(kept === undefined ? 404 : 204);
        return;
      default:
        reply(404, { message: '404 Not found' });
    }
  });
}
