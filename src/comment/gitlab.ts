import { ForgeClient, type ForgePatience } from './client';
import type { Forge, ForgeComment } from './forge';
import { expectStatus, type Remedies } from './refusal';

export interface GitlabTarget {
  /** `https://gitlab.com/api/v4`. */
  readonly apiUrl: string;
  /** Number of the project, or its path. */
  readonly project: string;
  readonly token: string;
  readonly patience?: ForgePatience;
}

interface GitlabNote {
  readonly id: number;
  readonly body?: string;
  readonly system?: boolean;
  readonly author?: { readonly id?: number };
}

const remedies: Remedies = {
  401: 'give the job a project access token that is valid, as GITLAB_TOKEN',
  403: 'give the project access token the scope api and the role Reporter or more',
  404: 'check the project and the number, and that the token may see them',
};

/** A merge request of GitLab, by its REST API. */
export function gitlabForge(target: GitlabTarget, number: number): Forge {
  const { apiUrl, project, token, patience } = target;
  const client = new ForgeClient({
    apiUrl,
    token,
    headers: { accept: 'application/json', 'private-token': token },
    ...(patience === undefined ? {} : { patience }),
  });
  const request = `/projects/${encodeURIComponent(project)}/merge_requests/${String(number)}`;
  const expect = (answer: Awaited<ReturnType<ForgeClient['ask']>>, allowed: number[], what: string) => {
    expectStatus(client, answer, allowed, what, remedies);
  };
  return {
    name: `merge request ${String(number)} of ${project}`,
    pullRequest: async () => {
      const answer = await client.ask('GET', request);
      expect(answer, [200], `reading merge request ${String(number)}`);
      const { sha, state } = answer.body as { sha: string; state: string };
      return { commit: sha, open: state === 'opened' };
    },
    ownComments: async () => {
      const user = await client.ask('GET', '/user');
      expect(user, [200], 'asking whose token it is');
      const answer = await client.all(`${request}/notes?per_page=100&sort=asc&order_by=created_at`);
      expect(answer, [200], 'reading the notes');
      const { id: own } = user.body as { id: number };
      return (answer.items as GitlabNote[]).flatMap(({ id, body = '', system, author }): ForgeComment[] =>
        author?.id === own && system !== true ? [{ id, body }] : [],
      );
    },
    create: async (body) => {
      expect(await client.ask('POST', `${request}/notes`, { body }), [201], 'writing the note');
    },
    update: async (id, body) => {
      expect(await client.ask('PUT', `${request}/notes/${String(id)}`, { body }), [200], 'changing the note');
    },
    remove: async (id) => {
      // Somebody else may have been quicker.
      expect(
        await client.ask('DELETE', `${request}/notes/${String(id)}`),
        [204, 404],
        'removing the second note',
      );
    },
    close: () => client.close(),
  };
}
