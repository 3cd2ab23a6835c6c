import { findPastedSecrets, hasSecretName, maskCredentials } from '../../src/config/credentials';

/** Put together, so that no scanner takes this file for a leak. */
const join = (...parts: string[]) => parts.join('');

const credentials: [string, string][] = [
  ['a private key', join('-----BEGIN RSA', ' PRIVATE KEY-----\nabc\n-----END RSA', ' PRIVATE KEY-----')],
  ['a Google service account key', '{"private_key_id": "abc"}'],
  ['an AWS access key', join('AKIA', 'ABCDEFGHIJKLMNOP')],
  ['a GitHub token', `ghp_${'a1B2'.repeat(9)}`],
  ['a GitHub token', `github_pat_${'a1B2'.repeat(9)}`],
  ['a GitLab token', `glpat-${'a1B2'.repeat(5)}`],
  ['a Slack token or webhook', join('xoxb-', '1234567890-abc')],
  ['a Slack token or webhook', join('https://hooks.slack.com/services', '/T000/B000/abc')],
  ['a Google API key', `AIza${'a1B2c'.repeat(7)}`],
  ['a JSON web token', `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.c`],
  ['an address with a password in it', 'postgresql://airflow:hunter2@localhost:5432/airflow'],
  ['an address with a password in it', 'redis://:hunter2@redis:6379/0'],
];

it.each(credentials)('finds %s wherever it stands', (what, text) => {
  for (const value of [{ labels: { owner: text } }, { list: ['x', text] }, text]) {
    const found = findPastedSecrets(value);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ sensitive: true, message: expect.stringContaining(what) });
    expect(found[0]?.found).toBeUndefined();
  }
});

it.each(credentials)('masks %s in a text, and keeps lines and columns', (_, text) => {
  const masked = maskCredentials(`# a comment\nvalue: ${text}\nnext: line`);
  expect(masked).not.toContain(text);
  expect(masked.split('\n').map((line) => line.length)).toEqual(
    `# a comment\nvalue: ${text}\nnext: line`.split('\n').map((line) => line.length),
  );
});

it.each([
  'SF_PASSWORD',
  'DB_PASS',
  'TAP_SLACK_TOKEN',
  'ZOOM_JWT',
  'AIRFLOW__CORE__FERNET_KEY',
  'api-key',
  'PGPASSWORD',
])('takes the variable %s for a credential by its name', (name) => {
  expect(hasSecretName(name)).toBe(true);
  expect(findPastedSecrets({ env: { [name]: 'hunter2' } })).toHaveLength(1);
  expect(findPastedSecrets({ env: { [name]: 12345678 } })).toHaveLength(1);
});

it.each([
  'PROXY_BYPASS',
  'COMPASS',
  'TOKEN_URL',
  'PASSWORD_POLICY',
  'MAX_TOKENS',
  'MONKEY',
  'SORT_KEY',
  'SF_USER',
])('takes the variable %s for none', (name) => {
  expect(findPastedSecrets({ env: { [name]: 'hunter2' } })).toEqual([]);
});

it.each([
  { SF_PASSWORD: { secret: 'tap-secrets/sf_password' } },
  { SF_PASSWORD: { value: 'public', notSecret: true } },
  { SF_PASSWORD: '' },
  { SF_PASSWORD: '$DB_PASSWORD' },
  { SF_PASSWORD: '${DB_PASSWORD}' },
  { SF_PASSWORD: '/run/secrets/sf_password' },
  { REPOSITORY: 'ssh://git@git.example.com/dags.git' },
  { URL: 'https://example.com:443/a@b' },
  { CONNECTION: 'postgresql://airflow@localhost:5432/airflow' },
])('leaves %j alone', (env) => {
  expect(findPastedSecrets({ env })).toEqual([]);
});

it.each(['$ecret-word', '/not+a=path', '${A}and-more'])(
  'finds the password %s although it begins oddly',
  (text) => {
    expect(findPastedSecrets({ env: { SF_PASSWORD: text } })).toHaveLength(1);
  },
);

it('masks values by name, but no references', () => {
  expect(maskCredentials('  password: hunter2, user: x')).toBe('  password: *******, user: x');
  expect(maskCredentials('"SF_PASSWORD": "hunter2 x"')).toBe('"SF_PASSWORD": ******** **');
  expect(maskCredentials('SF_PASSWORD: { secret: tap-secrets/sf_password }')).toBe(
    'SF_PASSWORD: { secret: tap-secrets/sf_password }',
  );
});
