import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { comment, type CommentOptions } from '../../src/cli/commands/comment';
import { FAILED, InputError } from '../../src/output';
import type { Review } from '../../src/review';
import { capture } from '../support/capture';
import { reviewOf } from '../support/review';
import { temporaryFolder } from '../support/temporary';
import { fakeGithub, fakeGitlab, type FakeForge, token } from './fake-forge';

const folder = temporaryFolder();
const quick = { firstWaitMs: 1, longestWaitMs: 2000, timeoutMs: 2000 };
const forges = { github: fakeGithub, gitlab: fakeGitlab };
const deleting = reviewOf([{ action: 'delete', severity: 'danger', address: 'google_storage_bucket.raw' }]);
const updating = reviewOf([{ action: 'update', address: 'google_storage_bucket.raw' }]);
let forge: FakeForge;

afterEach(() => forge.close());

/** Runs the command as a job of the forge would. */
function post(
  service: keyof typeof forges,
  review: Review,
  more: { options?: Partial<CommentOptions>; environment?: NodeJS.ProcessEnv } = {},
) {
  const file = join(folder.path, 'review.json');
  writeFileSync(file, JSON.stringify(review));
  const environment: NodeJS.ProcessEnv =
    service === 'github'
      ? {
          GITHUB_ACTIONS: 'true',
          GITHUB_API_URL: forge.url,
          GITHUB_SERVER_URL: 'https://github.com',
          GITHUB_REPOSITORY: 'acme/data',
          GITHUB_RUN_ID: '5',
          GITHUB_TOKEN: token,
        }
      : {
          GITLAB_CI: 'true',
          CI_API_V4_URL: forge.url,
          CI_MERGE_REQUEST_PROJECT_ID: '7',
          CI_MERGE_REQUEST_IID: '12',
          CI_COMMIT_SHA: forge.head,
          CI_JOB_URL: 'https://gitlab.com/acme/data/-/jobs/5',
          GITLAB_TOKEN: token,
        };
  const options = service === 'github' ? { pullRequest: '12', commit: 'c'.repeat(40) } : {};
  return capture(() =>
    comment(
      { review: file, key: 'main', ...options, ...more.options },
      { ...environment, ...more.environment },
      quick,
    ),
  );
}

describe.each(['github', 'gitlab'] as const)('the comment on %s', (service) => {
  beforeEach(async () => {
    forge = await forges[service]();
  });
  const written = () => forge.log.filter((line) => !line.startsWith('GET '));

  it('is written once, with a hidden mark on its first line', async () => {
    await post(service, deleting);
    expect(forge.comments).toHaveLength(1);
    const [mark, ...rest] = forge.comments[0]!.body.split('\n');
    expect(mark).toMatch(/^<!-- tapline-review key=main digest=[0-9a-f]{32} commit=c{40} -->$/);
    expect(rest.join('\n')).toContain('**delete** `google_storage_bucket.raw`');
  });

  it('is left alone by a second run that says the same, also for another commit', async () => {
    await post(service, deleting);
    forge.head = 'e'.repeat(40);
    const { stderr } = await post(service, deleting, { options: { commit: 'e'.repeat(40) } });
    expect(stderr).toContain('says this already');
    expect(written()).toHaveLength(1);
  });

  it('is changed in its place where the review says something else', async () => {
    await post(service, deleting);
    await post(service, updating);
    expect(forge.comments).toHaveLength(1);
    expect(forge.comments[0]!.body).toContain('<b>update</b>');
    expect(written()).toHaveLength(2);
  });

  it('is found among comments on later pages, and not where somebody else wrote the mark', async () => {
    await post(service, deleting);
    const [ours] = forge.comments.splice(0);
    const others = Array.from({ length: 7 }, (_, id) => ({ id, body: ours!.body, by: 'person' as const }));
    forge.comments.push(...others, ours!);
    forge.pageSize = 3;
    await post(service, updating);
    expect(forge.comments.map(({ body }) => body.includes('<b>update</b>'))).toEqual([
      ...others.map(() => false),
      true,
    ]);
  });

  it('is one again where two runs at once made two', async () => {
    await post(service, deleting);
    forge.comments.push({ ...forge.comments[0]!, id: 2000 });
    await post(service, deleting);
    expect(forge.comments).toHaveLength(1);
  });

  it('is not written by a run of an older commit', async () => {
    const { stderr, exitCode } = await post(service, deleting, { options: { commit: 'a'.repeat(40) } });
    expect(stderr).toContain('not the last commit');
    expect(exitCode).toBeUndefined();
    expect(forge.comments).toEqual([]);
  });

  it('is not written where somebody pushes while the comments are read', async () => {
    forge.before = (line) => {
      if (/comments|notes/.test(line)) forge.head = 'f'.repeat(40);
    };
    const { stderr } = await post(service, deleting, { options: { commit: 'c'.repeat(40) } });
    expect(stderr).toContain('not the last commit');
    expect(forge.comments).toEqual([]);
  });

  it('is not written where it is closed, nor where there is nothing to say', async () => {
    expect((await post(service, reviewOf([]))).stderr).toContain('nothing changes');
    forge.state = 'closed';
    expect((await post(service, deleting)).stderr).toContain('not open any more');
    expect(forge.comments).toEqual([]);
  });

  it('says that nothing changes any more where it said something before', async () => {
    await post(service, deleting);
    await post(service, reviewOf([]));
    expect(forge.comments).toMatchObject([{ body: expect.stringContaining('Nothing changes') }]);
  });

  it('keeps several reviews of one request apart by their keys', async () => {
    await post(service, deleting);
    await post(service, updating, { options: { key: 'other --> <b>' } });
    expect(forge.comments.map(({ body }) => body.split('\n')[0])).toEqual([
      expect.stringContaining('key=main '),
      expect.stringMatching(/^<!-- tapline-review key=other_--__{1,2}_b_ digest=\S+ commit=\S+ -->$/),
    ]);
  });

  it('waits as long as the forge asks, and then goes on', async () => {
    const first = service === 'github' ? 'GET /repos' : 'GET /projects';
    forge.troubles.push(
      { on: first, status: 429, headers: { 'retry-after': '1' } },
      { on: 'POST', status: 429, headers: { 'retry-after': '0' } },
    );
    const started = Date.now();
    await post(service, deleting);
    expect(Date.now() - started).toBeGreaterThanOrEqual(950);
    expect(forge.comments).toHaveLength(1);
  });

  it('asks again where a server is not there for a moment, but makes no second comment', async () => {
    const first = service === 'github' ? 'GET /repos' : 'GET /projects';
    forge.troubles.push({ on: first, status: 502 }, { on: 'POST', status: 502 });
    const { stderr, exitCode } = await post(service, deleting);
    expect(stderr).toMatch(/refused with 502[^]*run the job again later/);
    expect(exitCode).toBe(FAILED);
    expect(written()).toHaveLength(1);
  });

  it('fails where the token may not write, and says what it needs', async () => {
    forge.troubles.push({ on: 'POST', status: 403, body: { message: `Forbidden for ${token}` } });
    const { stderr, stdout, exitCode } = await post(service, deleting);
    expect(stderr).toMatch(/refused with 403 \(Forbidden for \(token\)\)\n {2}fix {6}give the/);
    expect(stderr + stdout).not.toContain(token);
    expect(exitCode).toBe(FAILED);
  });

  it.each([
    [401, 'that is valid'],
    [404, 'check the'],
    [422, 'look at what it says'],
  ])('fails on %i and says how to mend it', async (status, fix) => {
    forge.troubles.push({ on: 'POST', status, body: { message: 'no', errors: [{ code: 'too_long' }] } });
    const { stderr, exitCode } = await post(service, deleting);
    expect(stderr).toContain(`refused with ${String(status)} (no, [{"code":"too_long"}])`);
    expect(stderr).toContain(fix);
    expect(exitCode).toBe(FAILED);
  });

  it('gives up where the forge asks for a longer wait than a job lasts', async () => {
    forge.troubles.push({ on: 'GET', status: 429, headers: { 'retry-after': '3600' } });
    const { stderr, exitCode } = await post(service, deleting);
    expect(stderr).toContain('takes no more requests for 3600 s');
    expect(exitCode).toBe(FAILED);
  });
});

describe('a job of GitHub', () => {
  beforeEach(async () => {
    forge = await fakeGithub();
  });
  const event = (value: unknown) => {
    const file = join(folder.path, 'event.json');
    writeFileSync(file, JSON.stringify(value));
    return { GITHUB_EVENT_PATH: file };
  };
  const run = (sha: string) =>
    event({
      workflow_run: {
        event: 'pull_request',
        head_sha: sha,
        head_branch: 'work',
        head_repository: { owner: { login: 'ada' } },
        html_url: 'https://github.com/acme/data/actions/runs/4',
        pull_requests: [],
      },
    });
  const unnamed = { review: '' } as const;
  const withoutOptions = (environment: NodeJS.ProcessEnv) => {
    const file = join(folder.path, 'review.json');
    writeFileSync(file, JSON.stringify(deleting));
    return capture(() =>
      comment(
        { ...unnamed, review: file, key: 'main' },
        {
          GITHUB_ACTIONS: 'true',
          GITHUB_API_URL: forge.url,
          GITHUB_REPOSITORY: 'acme/data',
          GITHUB_TOKEN: token,
          ...environment,
        },
        quick,
      ),
    );
  };

  it('finds the pull request of a fork, which its event does not name', async () => {
    await withoutOptions(run('c'.repeat(40)));
    expect(forge.comments).toMatchObject([
      { body: expect.stringContaining('href="https://github.com/acme/data/actions/runs/4"') },
    ]);
  });

  it('writes nothing where the branch has moved on', async () => {
    const { stderr, exitCode } = await withoutOptions(run('a'.repeat(40)));
    expect(stderr).toContain('No open pull request ends with aaaaaaaaaaaa');
    expect(exitCode).toBeUndefined();
    expect(forge.comments).toEqual([]);
  });

  it('takes number and commit from the event of a pull request', async () => {
    await withoutOptions(event({ pull_request: { number: 12, head: { sha: 'c'.repeat(40) } } }));
    expect(forge.comments).toHaveLength(1);
  });

  it('waits for the secondary limit, which GitHub tells as a 403', async () => {
    forge.troubles.push({
      on: 'POST',
      status: 403,
      headers: { 'retry-after': '0' },
      body: { message: 'You have exceeded a secondary rate limit.' },
    });
    await withoutOptions(run('c'.repeat(40)));
    expect(forge.comments).toHaveLength(1);
  });

  it('sends its token to no other host', async () => {
    forge.troubles.push({
      on: 'GET /repos',
      status: 301,
      headers: { location: 'http://127.0.0.2:1/stolen' },
    });
    const { stderr, exitCode } = await withoutOptions(run('c'.repeat(40)));
    expect(stderr).toContain('gets no token');
    expect(exitCode).toBe(FAILED);
  });

  it('fails without a token, without a place, and with a file that is no review', async () => {
    await expect(withoutOptions({ ...run('c'.repeat(40)), GITHUB_TOKEN: '' })).rejects.toThrow(InputError);
    await expect(withoutOptions({ ...run('c'.repeat(40)), GITHUB_ACTIONS: '' })).rejects.toThrow('--forge');
    const file = join(folder.path, 'other.json');
    writeFileSync(
      file,
      JSON.stringify({ ...deleting, changes: [{ ...deleting.changes[0], action: '<b>' }] }),
    );
    await expect(comment({ review: file, key: 'main' }, { GITHUB_ACTIONS: 'true' })).rejects.toThrow(
      'changes[0].action: found "<b>", allowed create, update, replace, delete, move',
    );
  });
});
