import { review } from '../../../src/review';
import { type State, sideOf } from '../../support/access-sides';
import { fc } from '../../support/property';

type Body = Readonly<Record<string, unknown>>;

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Ways to write a secret down, beside as it is. */
const encodings: readonly ((text: string) => string)[] = [
  (text) => text,
  base64,
  (text) => Buffer.from(text).toString('base64url'),
  (text) => base64(base64(text)),
  encodeURIComponent,
  (text) => Buffer.from(text).toString('hex'),
];

/** A name under which a secret stands, and texts that hold it so that everybody sees that it is one. */
const telling: readonly ((secret: string) => string)[] = [
  (secret) => `postgres://loader:${encodeURIComponent(secret)}@db.example.com:5432/raw?sslmode=require`,
  (secret) => JSON.stringify({ host: 'db', password: secret }),
  (secret) => JSON.stringify({ nested: JSON.stringify({ clientSecret: secret }) }),
  (secret) => `user=loader\npassword=${secret}\nhost=db\n`,
  (secret) => `user: loader\npassword: ${JSON.stringify(secret)}\nhost: db\n`,
  (secret) => `[main]\napi_key = "${secret}"\n`,
  (secret) => `Server=db;User Id=loader;Password={${secret}};`,
  (secret) => `export DB_PASSWORD='${secret}'; run`,
  (secret) => `Authorization: Bearer ${base64(secret)}`,
  (secret) => `<settings><password>${secret}</password></settings>`,
  (secret) => `grant_type=password&client_secret=${encodeURIComponent(secret)}`,
  (secret) => `-----BEGIN PRIVATE KEY-----\n${base64(secret.repeat(4))}\n-----END PRIVATE KEY-----\n`,
  (secret) => base64(`{"token":${JSON.stringify(secret)}}`),
];

const names = [
  'DB_PASSWORD',
  'apiKey',
  'sf_password',
  'CLIENT_SECRET',
  'gitlabToken',
  'WEBHOOK_TOKEN_OLD',
  'fernet-key',
];

const object = (kind: string, rest: Body, metadata: Body = {}, apiVersion = 'v1') => ({
  apiVersion,
  kind,
  metadata: { name: 'it', namespace: 'app', ...metadata },
  ...rest,
});
const pod = (container: Body) =>
  object(
    'Deployment',
    { spec: { template: { spec: { containers: [{ name: 'main', image: 'main', ...container }] } } } },
    {},
    'apps/v1',
  );
const terraform = (type: string, body: Body): State => ({
  terraform: { resource: { [type]: { it: body } } },
});

/** Places in which only the name, or the schema, says that it is a secret. */
const named: readonly ((secret: string, name: string, encoded: string) => State)[] = [
  (secret, name) => ({ objects: [object('Secret', { data: { [name]: base64(secret) } })] }),
  (_, name, encoded) => ({ objects: [object('Secret', { stringData: { [name]: encoded } })] }),
  (secret) => ({
    objects: [object('Secret', { data: { 'config.json': base64(JSON.stringify({ a: { b: secret } })) } })],
  }),
  (_, name, encoded) => ({ objects: [pod({ env: [{ name, value: encoded }] })] }),
  (_, name, encoded) => ({ objects: [pod({ args: ['run', `--${name}`, encoded, '--verbose'] })] }),
  (_, name, encoded) => ({ objects: [pod({ args: [`--${name}=${encoded}`] })] }),
  (_, name, encoded) => ({ objects: [object('ConfigMap', { data: { [name]: encoded } })] }),
  (_, name, encoded) => ({
    objects: [object('Service', { spec: {} }, { annotations: { [`example.com/${name}`]: encoded } })],
  }),
  (_, name, encoded) => ({
    objects: [object('Thing', { spec: { deep: [{ settings: { [name]: encoded } }] } }, {}, 'example.com/v1')],
  }),
  (secret) => terraform('google_sql_user', { name: 'loader', instance: 'main', password: secret }),
  (secret) =>
    terraform('google_secret_manager_secret_version', {
      secret: 'projects/p/secrets/s',
      secret_data: secret,
    }),
  (secret) => terraform('random_password', { length: 20, keepers: { password: secret } }),
  (_, name, encoded) =>
    terraform('google_cloud_run_v2_service', {
      name: 'run',
      location: 'eu',
      template: [{ containers: [{ image: 'i', env: [{ name, value: encoded }] }] }],
    }),
  (_, name, encoded) => terraform('google_compute_instance', { name: 'm', metadata: { [name]: encoded } }),
  (_, name, encoded) =>
    terraform('google_cloudfunctions2_function', {
      name: 'f',
      service_config: [{ environment_variables: { [name]: encoded } }],
    }),
  (secret) => ({
    terraform: {
      variable: { pw: { default: secret, sensitive: true } },
      resource: { google_storage_bucket: { it: { name: 'b', location: 'EU', labels: { x: '${var.pw}' } } } },
    },
  }),
  (secret) => ({
    terraform: {
      resource: {
        google_sql_user: { it: { name: 'a', instance: 'm', password: secret } },
        google_storage_bucket_object: { it: { name: 'o', bucket: 'b', content: `it is ${secret} indeed` } },
      },
    },
  }),
  (secret) => ({
    objects: [object('Secret', { data: { password: base64(secret) } }), pod({ command: ['start', secret] })],
  }),
  (secret) => ({
    objects: [
      object('Secret', { data: { password: base64(secret) } }),
      object('ConfigMap', { data: { [`key-${secret}`]: 'x', other: `a ${base64(secret)} b` } }),
    ],
  }),
];

/** Places for texts that show what they are. */
const anywhere: readonly ((text: string) => State)[] = [
  (text) => ({ objects: [object('ConfigMap', { data: { 'settings.txt': text } })] }),
  (text) => ({ objects: [object('ConfigMap', { data: { [text]: 'x' } })] }),
  (text) => ({ objects: [pod({ env: [{ name: 'SETTINGS', value: text }] })] }),
  (text) => ({ objects: [pod({ args: ['-c', text] })] }),
  (text) => ({
    objects: [
      object(
        'Ingress',
        { spec: { rules: [{ host: text }] } },
        { annotations: { 'nginx.ingress.kubernetes.io/auth-snippet': text } },
        'networking.k8s.io/v1',
      ),
    ],
  }),
  (text) => terraform('google_compute_instance', { name: 'm', metadata_startup_script: text }),
  (text) =>
    terraform('google_pubsub_subscription', {
      name: 's',
      topic: 't',
      push_config: [{ push_endpoint: text }],
    }),
  (text) =>
    terraform('google_project_iam_member', {
      project: 'p',
      role: 'roles/viewer',
      member: 'user:a@x.com',
      condition: [{ title: 't', expression: text }],
    }),
  (text) => terraform('unknown_thing', { name: 'x', list: [{ text }] }),
];

const secretText = fc
  .string({
    unit: fc.constantFrom(...Array.from('ABCDEFGHKLMNPQRSTUVWXYZabcdefghkmnpqrstuvwxyz23456789_-!^*~')),
    minLength: 9,
    maxLength: 24,
  })
  .map((text) => `K7${text.replace(/^-+/, 'q')}`);

function leaks(before: State, after: State, secret: string): readonly string[] {
  const shown = JSON.stringify(review(sideOf(before), sideOf(after)));
  const forms = encodings.map((encode) => encode(secret).replace(/=+$/, ''));
  return forms.filter((form) => shown.includes(form) || shown.includes(JSON.stringify(form).slice(1, -1)));
}

function expectNoLeak(make: (secret: string) => State, secret: string, other: string): void {
  const [old, now] = [make(other), make(secret)];
  expect(leaks(old, now, secret)).toEqual([]);
  expect(leaks(old, now, other)).toEqual([]);
  expect(leaks({}, now, secret)).toEqual([]);
  expect(leaks(now, {}, secret)).toEqual([]);
}

describe('A secret', () => {
  it('is shown nowhere, where its name or the schema says that it is one', () => {
    fc.assert(
      fc.property(
        secretText,
        secretText,
        fc.constantFrom(...named),
        fc.constantFrom(...names),
        fc.constantFrom(...encodings),
        (secret, other, place, name, encode) => {
          expectNoLeak((text) => place(text, name, encode(text)), secret, other);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is shown nowhere, where the text shows that it is one', () => {
    fc.assert(
      fc.property(
        secretText,
        secretText,
        fc.constantFrom(...anywhere),
        fc.constantFrom(...telling),
        fc.constantFrom(...encodings.slice(0, 5)),
        (secret, other, place, tell, encode) => {
          expectNoLeak((text) => place(encode(tell(text))), secret, other);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is not quoted from a file that cannot be read', () => {
    const broken = (text: string, file: string) => ({
      ...sideOf({}),
      clusters: new Map([['', [{ file, line: 1, text }]]]),
    });
    const hidden = 'K7hunter-hunter-99';
    for (const [text, file] of [
      [`{"kind":"Secret","data":{"password":${hidden}}}`, 'x.json'],
      [`kind: Secret\ndata: {password: ${hidden}\n`, 'x.yaml'],
      [`kind: Secret\ndata:\n  password: !${hidden} x\n`, 'x.yaml'],
      [`kind: Secret\n${hidden}: 1\n${hidden}: 2\n`, 'x.yaml'],
      [`kind: Secret\na: *${hidden}\n`, 'x.yaml'],
    ] as const) {
      const found = review(sideOf({}), broken(text, file));
      expect(found.diagnostics.some(({ level }) => level === 'error')).toBe(true);
      expect(JSON.stringify(found)).not.toContain(hidden);
    }
  });

  it('that changed is told as changed', () => {
    const make = (text: string) => ({ objects: [object('Secret', { data: { password: base64(text) } })] });
    const [change] = review(sideOf(make('K7one-secret-1')), sideOf(make('K7two-secret-2'))).changes;
    expect(change?.paths).toEqual([
      { path: 'data.password', before: '(masked)', after: '(masked)', masked: true },
    ]);
  });
});

describe('What is no secret', () => {
  it.each([
    [
      'an image by its digest',
      pod({ image: `eu.gcr.io/p/web@sha256:${'0123456789abcdef'.repeat(4)}` }),
      'containers[name=main].image',
    ],
    [
      'a reference to a secret',
      pod({
        env: [
          { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db-credentials', key: 'password' } } },
        ],
      }),
      'env',
    ],
    [
      'the name of a secret',
      object('Pod', { spec: { volumes: [{ name: 'v', secret: { secretName: 'tap-secrets' } }] } }),
      'volumes',
    ],
    ['an address', pod({ env: [{ name: 'DATABASE_HOST', value: 'db.example.com:5432' }] }), 'env'],
    [
      'a variable within another',
      pod({ env: [{ name: 'TOKEN_URL', value: 'https://auth.example.com/oauth/token' }] }),
      'env',
    ],
    [
      'a time',
      object('ConfigMap', { data: { 'token-expiration-seconds': '3600', password_policy: 'strict' } }),
      'data',
    ],
    ['a path', pod({ env: [{ name: 'PASSWORD_FILE', value: '/run/secrets/password' }] }), 'env'],
    [
      'a resource name',
      object('ConfigMap', { data: { account: 'loader@my-project-123.iam.gserviceaccount.com' } }),
      'data',
    ],
    [
      'a switch',
      object('ServiceAccount', { automountServiceAccountToken: false }),
      'automountServiceAccountToken',
    ],
    ['a git revision', pod({ args: ['--ref=4f1d0b9c2a7e8d6f5b3c1a0e9d8c7b6a5f4e3d2c'] }), 'args'],
  ])('is shown: %s', (_, one, path) => {
    const { changes } = review(sideOf({}), sideOf({ objects: [one] }));
    expect(changes[0]?.paths.filter(({ masked }) => masked)).toEqual([]);
    expect(path).not.toBe('');
  });
});

describe('A row of access', () => {
  it('names what it is about, even where that is called a secret', () => {
    const on = {
      secret_id: 'gitlab-airflow--password',
      role: 'roles/secretmanager.secretAccessor',
      member: 'user:a@x.com',
    };
    const after = terraform('google_secret_manager_secret_iam_member', on);
    const [row] = review(sideOf({}), sideOf(after)).access;
    expect(row?.resource).toContain('gitlab-airflow--password');
  });
});
