import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { dockerCredentials } from '../../src/registry';
import { parseChallenges } from '../../src/registry/challenge';
import { parseImageName } from '../../src/registry/image-name';
import { temporaryFolder } from '../support/temporary';

describe('the name of an image', () => {
  it.each([
    ['docker.io/library/postgres:18', 'docker.io', 'registry-1.docker.io', 'library/postgres', '18'],
    ['docker.io/postgres:18', 'docker.io', 'registry-1.docker.io', 'library/postgres', '18'],
    ['gcr.io/a/b:2.25.3', 'gcr.io', 'gcr.io', 'a/b', '2.25.3'],
    ['localhost:5000/a:1', 'localhost:5000', 'localhost:5000', 'a', '1'],
    [`gcr.io/a/b:1@sha256:${'0'.repeat(64)}`, 'gcr.io', 'gcr.io', 'a/b', `sha256:${'0'.repeat(64)}`],
  ])('%s is told apart', (text, host, apiHost, repository, version) => {
    expect(parseImageName(text)).toEqual({ text, host, apiHost, repository, version });
  });

  it.each(['postgres', 'docker.io/postgres', '/a:1'])('fails without a host and a version: %s', (text) => {
    expect(() => parseImageName(text)).toThrow(/allowed is HOST\/NAME:TAG/);
  });
});

describe('a challenge', () => {
  it('is read as registries write it', () => {
    expect(
      parseChallenges(
        'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push"',
      ),
    ).toEqual([
      {
        scheme: 'bearer',
        parameters: {
          realm: 'https://auth.docker.io/token',
          service: 'registry.docker.io',
          scope: 'repository:a/b:pull,push',
        },
      },
    ]);
  });

  it('may be one of several', () => {
    expect(parseChallenges('Basic realm="a \\"b\\"", BEARER Realm=x , service=y')).toEqual([
      { scheme: 'basic', parameters: { realm: 'a "b"' } },
      { scheme: 'bearer', parameters: { realm: 'x', service: 'y' } },
    ]);
  });

  it('comes back from any text without failing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(Array.isArray(parseChallenges(text))).toBe(true);
      }),
    );
  });

  it('keeps any parameter value that is quoted', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const quoted = `"${value.replace(/["\\]/g, '\\$&')}"`;
        expect(parseChallenges(`Bearer realm=${quoted}`)).toEqual([
          { scheme: 'bearer', parameters: { realm: value } },
        ]);
      }),
    );
  });
});

describe('logins', () => {
  const folder = temporaryFolder();
  const source = (config?: object | string) => {
    const DOCKER_CONFIG = join(folder.path, 'docker');
    mkdirSync(DOCKER_CONFIG, { recursive: true });
    if (config !== undefined) {
      writeFileSync(
        join(DOCKER_CONFIG, 'config.json'),
        typeof config === 'string' ? config : JSON.stringify(config),
      );
    }
    return dockerCredentials({ DOCKER_CONFIG, PATH: folder.path });
  };
  /** A helper as Docker's protocol has it: the host on stdin, a login or a complaint on stdout. */
  const helper = (name: string, script: string) => {
    const file = join(folder.path, `docker-credential-${name}`);
    writeFileSync(file, `#!/bin/sh\nread -r server\n${script}\n`);
    chmodSync(file, 0o755);
  };
  const auth = (text: string) => ({ auth: Buffer.from(text).toString('base64') });

  it('are none where Docker was never set up', async () => {
    expect(await source()('gcr.io')).toBeUndefined();
  });

  it('are read from the file, by the host, in the old form too', async () => {
    const credentials = source({
      auths: { 'gcr.io': auth('_json_key:a:b'), 'https://index.docker.io/v1/': auth('me:pw'), 'quay.io': {} },
    });
    expect(await credentials('gcr.io')).toEqual({ username: '_json_key', password: 'a:b' });
    expect(await credentials('docker.io')).toEqual({ username: 'me', password: 'pw' });
    expect(await credentials('quay.io')).toBeUndefined();
  });

  it('come from the helper of the host, before that of all', async () => {
    helper('gcloud', 'echo "{\\"Username\\":\\"oauth2accesstoken\\",\\"Secret\\":\\"ya29 for $server\\"}"');
    helper('desktop', 'echo "credentials not found in native keychain"; exit 1');
    const credentials = source({
      credHelpers: { 'us-west1-docker.pkg.dev': 'gcloud' },
      credsStore: 'desktop',
      auths: { 'quay.io': auth('q:w') },
    });
    expect(await credentials('us-west1-docker.pkg.dev')).toEqual({
      username: 'oauth2accesstoken',
      password: 'ya29 for us-west1-docker.pkg.dev',
    });
    // A keychain without a login for it is no failure.
    expect(await credentials('quay.io')).toEqual({ username: 'q', password: 'w' });
    expect(await credentials('ghcr.io')).toBeUndefined();
  });

  it.each([
    ['is missing', undefined, /names docker-credential-gcloud, which is not on the PATH/],
    ['fails', 'echo You are not logged in; exit 1', /gave no login for gcr\.io: You are not logged in$/],
    ['fails half way', 'echo "{ya29"; exit 1', /gave no login for gcr\.io$/],
    ['prints something else', 'echo ya29-half-a-token', /gave an answer that is no JSON/],
  ])('fails where the helper %s, and shows nothing that it printed', async (_, script, message) => {
    if (script !== undefined) helper('gcloud', script);
    await expect(source({ credHelpers: { 'gcr.io': 'gcloud' } })('gcr.io')).rejects.toThrow(message);
    await expect(source({ credHelpers: { 'gcr.io': 'gcloud' } })('gcr.io')).rejects.not.toThrow(/ya29/);
  });

  it.each([
    ['{"auths": {"gcr.io": {"auth": "c2VjcmV0', /config\.json is no JSON$/],
    [{ auths: { 'gcr.io': { auth: 'bm90LWEtcGFpcg==' } } }, /holds a login that cannot be read/],
  ])('fails where the file cannot be read', async (config, message) => {
    await expect(source(config)('gcr.io')).rejects.toThrow(message);
  });
});
