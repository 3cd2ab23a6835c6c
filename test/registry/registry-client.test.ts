import {
  type CredentialSource,
  type Patience,
  patientConnections,
  RegistryClient,
  type RegistryError,
} from '../../src/registry';
import { type Behaviour, digestOf, index, type StandIn, startStandIn } from './stand-in';

const image = { content: '{"schemaVersion":2,"layers":[]}' };
const login = { username: 'oauth2accesstoken', password: 'ya29:with-a-colon' };
const quick: Patience = { firstWaitMs: 5, longestWaitMs: 40, retries: 2, timeoutMs: 2000 };

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

async function registry(behaviour: Partial<Behaviour> = {}): Promise<StandIn> {
  const standIn = await startStandIn({ images: { 'elt/meltano:1.0.0': image }, ...behaviour });
  running.push(standIn);
  return standIn;
}

function client(credentials: CredentialSource = () => Promise.resolve(undefined), patience = quick) {
  const connections = patientConnections({}, patience);
  running.push(connections);
  return new RegistryClient(credentials, connections);
}

async function refusal(standIn: StandIn, credentials?: CredentialSource): Promise<RegistryError> {
  const outcome = await client(credentials)
    .resolveDigest(`${standIn.host}/elt/meltano:1.0.0`)
    .catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(Error);
  return outcome as RegistryError;
}

describe('a registry that anybody may read', () => {
  it('gives the digest of a tag, and the content that has it', async () => {
    const standIn = await registry();
    expect(await client().resolveDigest(`${standIn.host}/elt/meltano:1.0.0`)).toBe(digestOf(image.content));
    expect(standIn.asked).toEqual([
      'HEAD /v2/elt/meltano/manifests/1.0.0 200',
      `GET /v2/elt/meltano/manifests/${digestOf(image.content)} 200`,
    ]);
  });

  it('is asked for the head alone where the digest is the known one', async () => {
    const standIn = await registry();
    await client().resolveDigest(`${standIn.host}/elt/meltano:1.0.0`, digestOf(image.content));
    expect(standIn.asked).toEqual(['HEAD /v2/elt/meltano/manifests/1.0.0 200']);
  });

  it('gives the digest of the index where the image is for several architectures', async () => {
    const standIn = await registry({ images: { 'elt/meltano:1.0.0': index } });
    expect(await client().resolveDigest(`${standIn.host}/elt/meltano:1.0.0`)).toBe(digestOf(index.content));
  });

  it.each([
    ['says no digest', { digestHeader: null }],
    ['knows no HEAD', { noHead: true }],
  ])('is read whole where it %s', async (_, behaviour) => {
    const standIn = await registry(behaviour);
    expect(await client().resolveDigest(`${standIn.host}/elt/meltano:1.0.0`)).toBe(digestOf(image.content));
  });

  it('may send to another address', async () => {
    const store = await registry();
    const front = await registry({ redirectTo: `http://${store.host}` });
    expect(await client().resolveDigest(`${front.host}/elt/meltano:1.0.0`)).toBe(digestOf(image.content));
  });
});

describe('a registry that asks for a token', () => {
  it('gets one that was fetched without a login', async () => {
    const standIn = await registry({ auth: 'bearer' });
    expect(await client().resolveDigest(`${standIn.host}/elt/meltano:1.0.0`)).toBe(digestOf(image.content));
    expect(standIn.asked.slice(0, 3)).toEqual([
      'HEAD /v2/elt/meltano/manifests/1.0.0 401',
      'GET /token 200',
      'HEAD /v2/elt/meltano/manifests/1.0.0 200',
    ]);
    expect(standIn.asked.filter((line) => line.includes('/token'))).toHaveLength(1);
  });

  it('gets one that was fetched with the login', async () => {
    const standIn = await registry({ auth: 'bearer', login });
    const asked: string[] = [];
    const digest = await client((host) => {
      asked.push(host);
      return Promise.resolve(login);
    }).resolveDigest(`${standIn.host}/elt/meltano:1.0.0`);
    expect(digest).toBe(digestOf(image.content));
    expect(asked).toEqual([standIn.host]);
  });

  it('gets the login itself where it asks for that', async () => {
    const standIn = await registry({ auth: 'basic', login });
    const digest = await client(() => Promise.resolve(login)).resolveDigest(
      `${standIn.host}/elt/meltano:1.0.0`,
    );
    expect(digest).toBe(digestOf(image.content));
  });

  it.each(['bearer', 'basic'] as const)(
    'fails without a login, and says how to get one (%s)',
    async (auth) => {
      const standIn = await registry({ auth, login });
      const error = await refusal(standIn);
      expect(error.message).toMatch(/without a login that may read it/);
      expect(error.fix).toBe(`run docker login ${standIn.host}`);
    },
  );

  it('fails with a wrong login, and shows none of it', async () => {
    const standIn = await registry({ auth: 'bearer', login });
    const error = await refusal(standIn, () => Promise.resolve({ username: 'x', password: 'Tr0ub4dor' }));
    expect(error.message).toMatch(/without a login that may read it/);
    expect(JSON.stringify(error) + String(error.stack)).not.toMatch(/Tr0ub4dor/);
  });

  it('is not given the login of another host that sends to it', async () => {
    const store = await registry({ auth: 'basic', login });
    const front = await registry({ redirectTo: `http://${store.host}` });
    expect((await refusal(front, () => Promise.resolve(login))).message).toMatch(/without a login/);
  });
});

describe('a registry with a bad minute', () => {
  it.each([
    ['answers 429 and says when to come again', { status: 429, headers: { 'retry-after': '1' } }],
    ['answers 503', 503],
    ['breaks the connection', 0],
  ])('is asked again where it %s', async (_, first) => {
    const standIn = await registry({ first: [first, first] });
    expect(await client().resolveDigest(`${standIn.host}/elt/meltano:1.0.0`)).toBe(digestOf(image.content));
    expect(standIn.asked.length).toBeGreaterThanOrEqual(4);
  });

  it('is given the time that it asks for', async () => {
    const standIn = await registry({ first: [{ status: 429, headers: { 'retry-after': '1' } }] });
    const before = Date.now();
    await client(undefined, { ...quick, longestWaitMs: 5000 }).resolveDigest(
      `${standIn.host}/elt/meltano:1.0.0`,
    );
    expect(Date.now() - before).toBeGreaterThanOrEqual(950);
  });

  it.each([
    [429, /answers 429: it was asked too often/],
    [503, /answers 503/],
    [0, /cannot be reached/],
  ])('fails where it does not end (%s)', async (status, message) => {
    expect((await refusal(await registry({ first: Array<number>(9).fill(status) }))).message).toMatch(
      message,
    );
  });
});

describe('what cannot be locked', () => {
  it('fails where there is no such tag', async () => {
    const error = await refusal(await registry({ images: {} }));
    expect(error.message).toMatch(/^127\.0\.0\.1:\d+ has no elt\/meltano:1\.0\.0$/);
    expect(error.fix).toBe('push the image, or correct its tag');
  });

  it('fails where the content has another digest than the registry says', async () => {
    const error = await refusal(await registry({ forged: '{"other":1}' }));
    expect(error.message).toContain(`says the digest ${digestOf(image.content)}, but what it gives has`);
  });

  it('fails where a manifest without a head has another digest than it says', async () => {
    const wrong = digestOf('something else');
    expect((await refusal(await registry({ noHead: true, digestHeader: wrong }))).message).toContain(wrong);
  });

  it('fails where the digest is of a kind that a lock cannot hold', async () => {
    const error = await refusal(await registry({ digestHeader: 'md5:abc' }));
    expect(error.message).toMatch(/gives 'md5:abc' as digest; allowed is sha256:/);
  });

  it('fails where it is sent round in circles', async () => {
    const front = await registry();
    front.behaviour.redirectTo = `http://${front.host}`;
    expect((await refusal(front)).message).toMatch(/without end/);
  });

  it.each(['http://registry.example.com', 'ftp://127.0.0.1', '//['])(
    'fails where it is sent to %s, and goes nowhere without TLS',
    async (redirectTo) => {
      expect((await refusal(await registry({ redirectTo }))).message).toMatch(/which is no address by TLS/);
    },
  );

  it('fails where nobody listens', async () => {
    const standIn = await registry();
    await standIn.close();
    const error = await refusal(standIn);
    expect(error.message).toMatch(/^127\.0\.0\.1:\d+ cannot be reached: /);
    expect(error.fix).toMatch(/HTTPS_PROXY/);
  });
});
