import { ForgeClient, type ForgePatience } from './client';
import type { Forge, ForgeComment } from './forge';
import { expectStatus, type Remedies } from './refusal';

export interface GithubTarget {
  /** `https://api.github.com`. */
  readonly apiUrl: string;
  /** `acme/data`. */
  readonly repository: string;
  readonly token: string;
  readonly patience?: ForgePatience;
}

interface GithubPull {
  readonly number: number;
  readonly state: string;
  readonly head: { readonly sha: string };
}

interface GithubComment {
  readonly id: number;
  readonly body?: string;
  readonly user?: { readonly login?: string; readonly type?: string } | null;
}

const remedies: Remedies = {
  401: 'give the job a token that is valid: GITHUB_TOKEN',
  403: 'give the job the permission pull-requests: write; the token of a pull request from a fork may only read, so post from a workflow_run',
  404: 'check the repository and the number, and that the token may see them',
};

/** A pull request of GitHub, by its REST API. */
export function githubForge(target: GithubTarget, number: number): Forge {
  const client = githubClient(target);
  const repository = `/repos/${pathOf(target.repository)}`;
  const expect = (answer: Awaited<ReturnType<ForgeClient['ask']>>, allowed: number[], what: string) => {
    expectStatus(client, answer, allowed, what, remedies);
  };
  return {
    name: `pull request ${String(number)} of ${target.repository}`,
    pullRequest: async () => {
      const answer = await client.ask('GET', `${repository}/pulls/${String(number)}`);
      expect(answer, [200], `reading pull request ${String(number)}`);
      const { state, head } = answer.body as GithubPull;
      return { commit: head.sha, open: state === 'open' };
    },
    ownComments: async () => {
      const login = await loginOf(client);
      const answer = await client.all(`${repository}/issues/${String(number)}/comments?per_page=100`);
      expect(answer, [200], 'reading the comments');
      return (answer.items as GithubComment[]).flatMap(({ id, body = '', user }): ForgeComment[] => {
        // The token of a workflow has no user that it could ask for; what it writes is by a bot.
        const own = login === undefined ? user?.type === 'Bot' : user?.login === login;
        return own ? [{ id, body }] : [];
      });
    },
    create: async (body) => {
      expect(
        await client.ask('POST', `${repository}/issues/${String(number)}/comments`, { body }),
        [201],
        'writing the comment',
      );
    },
    update: async (id, body) => {
      expect(
        await client.ask('PATCH', `${repository}/issues/comments/${String(id)}`, { body }),
        [200],
        'changing the comment',
      );
    },
    remove: async (id) => {
      // Somebody else may have been quicker.
      expect(
        await client.ask('DELETE', `${repository}/issues/comments/${String(id)}`),
        [204, 404],
        'removing the second comment',
      );
    },
    close: () => client.close(),
  };
}

/**
 * The open pull requests of a branch, of a fork as well, whose last commit is this one. The event of a workflow_run names
 * none for forks.
 */
export async function findGithubPulls(
  target: GithubTarget,
  head: { readonly owner: string; readonly branch: string; readonly commit: string },
): Promise<readonly number[]> {
  const client = githubClient(target);
  try {
    const query = `state=open&per_page=100&head=${encodeURIComponent(`${head.owner}:${head.branch}`)}`;
    const answer = await client.all(`/repos/${pathOf(target.repository)}/pulls?${query}`);
    expectStatus(client, answer, [200], 'looking for the pull request', remedies);
    return (answer.items as GithubPull[]).flatMap(({ number, head: { sha } }) =>
      sha === head.commit ? [number] : [],
    );
  } finally {
    await client.close();
  }
}

function githubClient({ apiUrl, token, patience }: GithubTarget): ForgeClient {
  return new ForgeClient({
    apiUrl,
    token,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'x-github-api-version': '2022-11-28',
    },
    ...(patience === undefined ? {} : { patience }),
  });
}

/** The name of the user that a token belongs to; undefined for that of an app or a workflow. */
async function loginOf(client: ForgeClient): Promise<string | undefined> {
  const { status, body } = await client.ask('GET', '/user');
  return status === 200 ? (body as { login?: string }).login : undefined;
}

function pathOf(repository: string): string {
  return repository.split('/').map(encodeURIComponent).join('/');
}
