import { createHash } from 'node:crypto';
import { type Dispatcher, request } from 'undici';
import { parseChallenges } from './challenge';
import type { CredentialSource, Credentials } from './credentials';
import { type ImageName, parseImageName } from './image-name';
import { RegistryError } from './registry-error';

/**
 * What a manifest may be. The lists of platforms come first: of an image for several architectures it is the list's
 * digest that every node can pull.
 * @see https://github.com/opencontainers/image-spec/blob/main/media-types.md
 */
const accept = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

const digestForm = /^sha256:[0-9a-f]{64}$/;
const maxRedirects = 5;
/** A manifest is a page of text; nothing larger is one. @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests */
const maxManifestBytes = 4 * 1024 * 1024;

type Answer = Dispatcher.ResponseData;

/**
 * Asks registries for digests, by the HTTP API that they all speak.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 * @see https://distribution.github.io/distribution/spec/auth/token/
 */
export class RegistryClient {
  /** `Authorization` by origin and repository. */
  private readonly authorizations = new Map<string, string>();

  constructor(
    private readonly credentials: CredentialSource,
    private readonly connections: Dispatcher,
  ) {}

  /**
   * The digest that a tag has now.
   *
   * A digest that is not the known one is checked: the content that the registry gives for it must have it.
   * @param known the digest that was seen before
   * @throws RegistryError
   */
  async resolveDigest(reference: string, known?: string): Promise<string> {
    const image = parseImageName(reference);
    try {
      const head = await this.askManifest('HEAD', image, image.version);
      await head.body.dump();
      const digest = head.statusCode === 405 ? undefined : digestOf(head, image);
      if (digest !== undefined && digest === known) return digest;
      return await this.verified(image, digest);
    } catch (error) {
      throw explain(error, image);
    }
  }

  private async verified(image: ImageName, digest: string | undefined): Promise<string> {
    const answer = await this.askManifest('GET', image, digest ?? image.version);
    const content = await readManifest(answer, image);
    const actual = `sha256:${createHash('sha256').update(content).digest('hex')}`;
    const said = digest ?? digestOf(answer, image) ?? actual;
    if (actual === said) return actual;
    throw new RegistryError(
      `${image.host} says the digest ${said}, but what it gives has ${actual}`,
      'do not use this registry, or the proxy in front of it, until it is known why',
    );
  }

  private async askManifest(method: 'GET' | 'HEAD', image: ImageName, version: string): Promise<Answer> {
    let url = new URL(
      `${schemeOf(image.apiHost)}//${image.apiHost}/v2/${image.repository}/manifests/${version}`,
    );
    const answered = new Set<string>();
    for (let redirects = 0; redirects <= maxRedirects;) {
      const key = `${url.origin} ${image.repository}`;
      const authorization = this.authorizations.get(key);
      const answer = await request(url, {
        method,
        dispatcher: this.connections,
        headers: { accept, ...(authorization === undefined ? {} : { authorization }) },
      });
      if (answer.statusCode === 401 && !answered.has(url.origin)) {
        await answer.body.dump();
        answered.add(url.origin);
        this.authorizations.set(key, await this.authorize(answer, image, url));
      } else if ([301, 302, 303, 307, 308].includes(answer.statusCode)) {
        await answer.body.dump();
        url = safeUrl(String(answer.headers.location), url, image);
        redirects += 1;
      } else if (answer.statusCode === 200 || (answer.statusCode === 405 && method === 'HEAD')) {
        return answer;
      } else {
        await answer.body.dump();
        throw refusal(answer.statusCode, image);
      }
    }
    throw new RegistryError(
      `${image.host} sends from one address to the next without end`,
      'try again later',
    );
  }

  /** What a challenge is answered with: a token that is fetched for it, or the login itself. */
  private async authorize(answer: Answer, image: ImageName, url: URL): Promise<string> {
    const challenges = parseChallenges(String(answer.headers['www-authenticate'] ?? ''));
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    // A login is for the host that the image names; where that host sends elsewhere, it does not follow.
    const login =
      url.host === image.apiHost || url.host === image.host ? await this.credentials(image.host) : undefined;
    if (bearer !== undefined) return `Bearer ${await this.fetchToken(bearer.parameters, login, image, url)}`;
    if (!challenges.some(({ scheme }) => scheme === 'basic')) {
      throw new RegistryError(
        `${image.host} asks for a login of a kind that is not known`,
        'try again later',
      );
    }
    if (login === undefined) throw needsLogin(image);
    return basic(login);
  }

  private async fetchToken(
    { realm, service, scope }: Readonly<Record<string, string>>,
    login: Credentials | undefined,
    image: ImageName,
    from: URL,
  ): Promise<string> {
    const url = safeUrl(realm ?? '', from, image);
    if (service !== undefined) url.searchParams.set('service', service);
    url.searchParams.set('scope', scope ?? `repository:${image.repository}:pull`);
    const answer = await request(url, {
      dispatcher: this.connections,
      headers: login === undefined ? {} : { authorization: basic(login) },
    });
    if (answer.statusCode !== 200) {
      await answer.body.dump();
      throw [401, 403].includes(answer.statusCode) ? needsLogin(image) : refusal(answer.statusCode, image);
    }
    const body = (await answer.body.json()) as { readonly token?: string; readonly access_token?: string };
    const token = body.token ?? body.access_token;
    if (token === undefined) throw new RegistryError(`${url.host} gives no token`, 'try again later');
    return token;
  }
}

function basic({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** As Docker has it: a registry on this machine may speak without TLS, no other may. */
function schemeOf(host: string): 'http:' | 'https:' {
  return /^(localhost|127\.\d+\.\d+\.\d+)(:|$)/.test(host) ? 'http:' : 'https:';
}

/** An address that a registry names; never one that would carry a login or a token in the open. */
function safeUrl(text: string, base: URL, image: ImageName): URL {
  const url = URL.canParse(text, base.href) ? new URL(text, base) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== schemeOf(url.host))) {
    throw new RegistryError(
      `${image.host} sends to '${text}', which is no address by TLS`,
      'do not use this registry, or the proxy in front of it, until it is known why',
    );
  }
  return url;
}

function digestOf(answer: Answer, image: ImageName): string | undefined {
  const header = answer.headers['docker-content-digest'];
  if (header === undefined) return undefined;
  if (digestForm.test(String(header))) return String(header);
  throw new RegistryError(
    `${image.host} gives '${String(header)}' as digest; allowed is sha256: and 64 hexadecimal digits`,
    'push the image again with a current tool',
  );
}

async function readManifest(answer: Answer, image: ImageName): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer.body) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > maxManifestBytes) {
      throw new RegistryError(`what ${image.host} gives is too large for a manifest`, 'check the address');
    }
  }
  return Buffer.concat(chunks);
}

function needsLogin(image: ImageName): RegistryError {
  return new RegistryError(
    `${image.host} gives it to nobody without a login that may read it, or there is no such image`,
    /(^|-docker\.)(pkg\.dev|gcr\.io)$/.test(image.host)
      ? `run gcloud auth configure-docker ${image.host}, with a user who has roles/artifactregistry.reader`
      : `run docker login ${image.host}`,
  );
}

function refusal(status: number, image: ImageName): RegistryError {
  if (status === 404) {
    return new RegistryError(
      `${image.host} has no ${image.repository}:${image.version}`,
      'push the image, or correct its tag',
    );
  }
  if (status === 401 || status === 403) return needsLogin(image);
  return new RegistryError(`${image.host} answers ${status}`, 'try again later');
}

/** Failures of the connection say their code; the text of the error may be empty. */
function explain(error: unknown, image: ImageName): unknown {
  if (error instanceof RegistryError) return error;
  const { code, statusCode, message } = error as {
    readonly code?: string;
    readonly statusCode?: number;
    readonly message?: string;
  };
  if (statusCode === 429) {
    return new RegistryError(
      `${image.host} answers 429: it was asked too often`,
      'log in, or try again later',
      {
        cause: error,
      },
    );
  }
  if (statusCode !== undefined) return refusal(statusCode, image);
  if (code === undefined) return error;
  return new RegistryError(
    `${image.apiHost} cannot be reached: ${message === undefined || message === '' ? code : message}`,
    'check the name of the host, the network, and HTTPS_PROXY',
    { cause: error },
  );
}
