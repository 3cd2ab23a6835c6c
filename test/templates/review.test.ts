import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const folder = join(__dirname, '../../templates/ci');
const textOf = (path: string) => readFileSync(join(folder, path), 'utf8');
const making = parse(textOf('github/review.yml'));
const posting = parse(textOf('github/review-comment.yml'));
const gitlab = parse(textOf('gitlab/review.yml'));
const commandsOf = (job: any): string => job.steps.map(({ run = '' }) => run).join('\n');

describe('the review on GitHub', () => {
  it('is made by a job that may write nothing and knows no secret, for forks as well', () => {
    expect(Object.keys(making.on)).toEqual(['pull_request']);
    expect(making.permissions).toEqual({});
    expect(making.jobs.review.permissions).toEqual({ contents: 'read' });
    expect(textOf('github/review.yml')).not.toMatch(/secrets\.|github\.token|GITHUB_TOKEN/);
    expect(making.jobs.review.steps[0].with['persist-credentials']).toBe(false);
  });

  it('compares the merge with what it is merged into', () => {
    expect(commandsOf(making.jobs.review)).toContain(
      'tapline review --base-ref HEAD^1 --out review/review.json',
    );
    expect(making.jobs.review.steps[0].with['fetch-depth']).toBe(2);
  });

  it('is posted by a job that runs nothing of the pull request', () => {
    expect(posting.on).toEqual({ workflow_run: { workflows: [making.name], types: ['completed'] } });
    expect(posting.permissions).toEqual({});
    const { steps, permissions } = posting.jobs.comment;
    expect(permissions).toEqual({ actions: 'read', contents: 'read', 'pull-requests': 'write' });
    expect(steps[0].with.ref).toBe('${{ github.event.repository.default_branch }}');
    // What it fetches goes beside the repository, where it can replace no file that runs.
    const fetch = steps.find(({ uses = '' }) => uses.startsWith('actions/download-artifact'));
    expect(fetch.with.path).toMatch(/^\$\{\{ runner\.temp \}\}\//);
    expect(commandsOf(posting.jobs.comment)).toMatch(
      /tapline comment --review "\$RUNNER_TEMP\/review\/review\.json"$/,
    );
  });

  it('puts no text of the event into a command', () => {
    for (const job of [making.jobs.review, posting.jobs.comment])
      expect(commandsOf(job)).not.toContain('${{');
  });

  it('is posted by one run at a time for each branch', () => {
    expect(posting.concurrency['cancel-in-progress']).toBe(true);
    expect(posting.concurrency.group).toMatch(/head_repository.*head_branch/);
  });
});

describe('the review on GitLab', () => {
  it('is made for merge requests, with the page among the artifacts', () => {
    expect(gitlab.review.rules).toEqual([{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }]);
    expect(gitlab.review.script.join('\n')).toContain('--base-ref "$CI_MERGE_REQUEST_DIFF_BASE_SHA"');
    expect(gitlab.review.artifacts).toMatchObject({ when: 'always', paths: ['review/'] });
  });

  it('is noted by a job of its own, which alone knows the token and does not run for forks', () => {
    const note = gitlab['review-note'];
    expect(note.environment.name).toBe('review-note');
    expect(note.rules[0].if).toContain('$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_MERGE_REQUEST_PROJECT_ID');
    expect(note.needs).toEqual(['review']);
    expect(note.resource_group).toContain('$CI_MERGE_REQUEST_IID');
    expect(gitlab.review.environment).toBeUndefined();
  });
});
