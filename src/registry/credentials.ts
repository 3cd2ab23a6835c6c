import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { RegistryError } from './registry-error';

/** A login, as Basic authentication takes it. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Finds the login for a host; none where images are read without one. */
export type CredentialSource = (host: string) => Promise<Credentials | undefined>;

/** The parts of Docker's `config.json` that name logins. */
interface DockerConfig {
  readonly auths?: Readonly<Record<string, { readonly auth?: string } | undefined>>;
  readonly credHelpers?: Readonly<Record<string, string | undefined>>;
  readonly credsStore?: string;
}

/** How long a helper may take, in milliseconds: `gcloud` may have to fetch a token. */
const helperTimeoutMs = 30_000;

/**
 * The logins that `docker login` and `gcloud auth configure-docker` leave behind: in the file itself, or behind the
 * program `docker-credential-NAME` that it names for a host or for all.
 * @param environment where DOCKER_CONFIG, HOME and PATH are read
 * @see https://docs.docker.com/reference/cli/docker/login/#credential-helpers
 */
export function dockerCredentials(environment: NodeJS.ProcessEnv): CredentialSource {
  const file = join(
    environment.DOCKER_CONFIG ?? join(environment.HOME ?? homedir(), '.docker'),
    'config.json',
  );
  let config: DockerConfig | undefined;
  return async (host) => {
    config ??= readConfig(file);
    const server = host === 'docker.io' ? 'https://index.docker.io/v1/' : host;
    const helper = config.credHelpers?.[host] ?? config.credsStore;
    if (helper !== undefined && helper !== '') {
      const found = await askHelper(helper, server, environment);
      if (found !== undefined) return found;
    }
    const auths = new Map(
      Object.entries(config.auths ?? {}).map(([name, entry]) => [plainHost(name), entry]),
    );
    const auth = auths.get(plainHost(server))?.auth;
    return auth === undefined || auth === '' ? undefined : decode(auth, file);
  };
}

function readConfig(file: string): DockerConfig {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return {};
    throw error;
  }
  try {
    return (JSON.parse(text) ?? {}) as DockerConfig;
  } catch {
    // The message of the parser would quote the text, which holds logins.
    throw new RegistryError(`${file} is no JSON`, 'mend it, or move it away and log in again');
  }
}

function askHelper(
  helper: string,
  server: string,
  environment: NodeJS.ProcessEnv,
): Promise<Credentials | undefined> {
  const program = `docker-credential-${helper}`;
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      ['get'],
      { env: environment, timeout: helperTimeoutMs, encoding: 'utf8' },
      (error, stdout, stderr) => {
        if (error === null) {
          try {
            resolve(parseAnswer(stdout));
          } catch {
            // The text may hold a login, and the message of the parser would quote it.
            reject(new RegistryError(`${program} gave an answer that is no JSON`, 'log in again'));
          }
          return;
        }
        const said = `${stdout}${stderr}`.trim();
        // The words of Docker's own protocol for a host without a login.
        if (/credentials not found/i.test(said)) resolve(undefined);
        else if (error.code === 'ENOENT') {
          reject(
            new RegistryError(
              `Docker's configuration names ${program}, which is not on the PATH`,
              helper === 'gcloud' || helper === 'gcr'
                ? 'install the Google Cloud CLI'
                : `install ${program}, or remove it from config.json`,
            ),
          );
        } else {
          // The protocol has complaints on stdout, where a login would be as well: JSON is never shown.
          const why = said.startsWith('{') ? '' : (said.split('\n')[0] ?? '');
          reject(
            new RegistryError(
              `${program} gave no login for ${server}${why === '' ? '' : `: ${why}`}`,
              'log in again',
            ),
          );
        }
      },
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(server);
  });
}

function parseAnswer(stdout: string): Credentials | undefined {
  const answer = JSON.parse(stdout) as { readonly Username?: string; readonly Secret?: string };
  if (answer.Secret === undefined || answer.Secret === '') return undefined;
  return { username: answer.Username ?? '', password: answer.Secret };
}

function decode(auth: string, file: string): Credentials {
  const text = Buffer.from(auth, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) throw new RegistryError(`${file} holds a login that cannot be read`, 'log in again');
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Old entries carry a scheme and a path: `https://index.docker.io/v1/`. */
function plainHost(name: string): string {
  return name.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}
