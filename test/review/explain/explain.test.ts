import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainAccess } from '../../../src/review/explain/access';
import { block, code, shellWord } from '../../../src/review/explain/code';
import { adviceForKind } from '../../../src/review/explain/kubernetes';
import { adviceFor } from '../../../src/review/explain/terraform';
import { isStateful } from '../../../src/review/terraform/identity';

const rules = join(__dirname, '../../../src/review/explain');
const filesOf = (room: string) =>
  readdirSync(join(rules, room)).filter(
    (name) => !['advice.ts', 'concern.ts', 'rule.ts', 'index.ts'].includes(name),
  );

/** Every type of resource that the provider has. */
const types: string[] = Object.keys(
  JSON.parse(readFileSync(join(__dirname, '../../../data/provider-google-6.50.0.json'), 'utf8')).resources,
);

describe('what is lost', () => {
  it.each(['terraform', 'kubernetes', 'access', 'updates'])(
    'stands in files of %s that are all used',
    (room) => {
      const index = readFileSync(join(rules, room, 'index.ts'), 'utf8');
      for (const file of filesOf(room)) expect(index).toContain(`from './${file.replace('.ts', '')}'`);
    },
  );

  it('is said of every type that holds data', () => {
    expect(types.length).toBeGreaterThan(500);
    const holding = types.filter(isStateful);
    expect(holding.length).toBeGreaterThan(20);
    expect(holding.filter((type) => adviceFor(type) === undefined)).toEqual([]);
  });

  it.each([
    ['google_sql_database_instance', 'backups'],
    ['google_kms_crypto_key', 'never be read again'],
    ['google_project_iam_member', 'the member does not have the right'],
    ['google_storage_bucket_iam_binding', 'added by hand'],
    ['google_compute_global_address', 'goes back to Google'],
  ])('of %s is said in words', (type, words) => {
    expect(adviceFor(type)?.lost).toContain(words);
  });

  it.each([
    ['StatefulSet', '--cascade=orphan'],
    ['PersistentVolumeClaim', 'never shrinks'],
    ['Job', 'a new name'],
  ])('can be avoided for a %s', (kind, words) => {
    expect(adviceForKind(kind)?.anew?.({ object: 'x/y', place: ' -n z' })).toContain(words);
  });
});

describe('a change of access', () => {
  const explained = (principal: string, after: unknown, more = {}) =>
    explainAccess({ principal, resource: 'project acme', verdict: 'broadened', before: [], after, ...more });

  it.each([
    ['allUsers', ['roles/storage.objectViewer'], 'Anybody on the internet'],
    ['allAuthenticatedUsers', ['roles/run.invoker'], 'any account of anybody'],
    ['0.0.0.0/0', ['tcp:22'], 'Every address on the internet'],
    ['group:a@b.c', ['roles/editor'], 'A basic role'],
    ['group:a@b.c', ['roles/iam.serviceAccountTokenCreator'], 'act as somebody else'],
    ['group:a@b.c', ['roles/secretmanager.secretAccessor'], 'values of secrets'],
    ['domain:b.c', ['roles/pubsub.viewer'], 'Everybody with an account of the domain'],
    ['group:a@b.c', ['roles/pubsub.viewer'], 'more than before'],
  ])('of %s to %j says what it means', (principal, after, words) => {
    expect(explained(principal, after)).toContain(words);
    expect(explained(principal, after)).toContain('To avoid it');
  });

  it('is judged by what is new, and not by what was there', () => {
    const both = explained('group:a@b.c', ['roles/editor', 'roles/pubsub.viewer'], {
      before: ['roles/editor'],
    });
    expect(both).not.toContain('basic role');
  });

  it('that takes away says so, and one that cannot be told is to be read as more', () => {
    expect(explained('allUsers', [], { verdict: 'narrowed' })).toContain('less than before');
    expect(explained('group:a@b.c', [], { verdict: 'unknown' })).toContain('as if it were more');
  });
});

describe('a command to paste', () => {
  it('takes nothing in a name for more than a name', () => {
    expect(shellWord('job/migrate-1')).toBe('job/migrate-1');
    expect(shellWord("x'; rm -rf / #")).toBe("'x'\\''; rm -rf / #'");
    expect(shellWord('a\n$(touch x)')).toBe("'a $(touch x)'");
  });

  it('is not ended by what stands in it', () => {
    expect(code('a`b\nc')).toBe("`a'b c`");
    expect(block('moved {', '}')).toBe('`moved {\n}`');
  });
});
