/** Where a job runs, by the environment of GitHub Actions or GitLab CI. */
export interface Surroundings {
  readonly forge: 'github' | 'gitlab';
  readonly apiUrl: string;
  /** Repository or project. */
  readonly repository: string | undefined;
  readonly number: number | undefined;
  /** The last commit of the branch when the run began. */
  readonly commit: string | undefined;
  /** Where the run is of another one's branch, whose pull request has to be found. */
  readonly head: { readonly owner: string; readonly branch: string } | undefined;
  readonly token: string | undefined;
  /** The run that made the artifacts. */
  readonly runUrl: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The part of an event of GitHub that is read. */
interface GithubEvent {
  readonly pull_request?: { readonly number?: number; readonly head?: { readonly sha?: string } };
  readonly workflow_run?: {
    readonly event?: string;
    readonly head_sha?: string;
    readonly head_branch?: string;
    readonly head_repository?: { readonly owner?: { readonly login?: string } };
    readonly html_url?: string;
  };
}

/** What is known where; undefined where neither of the two runs this. */
export function surroundingsOf(
  environment: Environment,
  named: 'github' | 'gitlab' | undefined,
  readEvent: (file: string) => unknown,
): Surroundings | undefined {
  const forge =
    named ??
    (environment.GITHUB_ACTIONS === 'true'
      ? 'github'
      : environment.GITLAB_CI === 'true'
        ? 'gitlab'
        : undefined);
  if (forge === undefined) return undefined;
  return forge === 'github' ? ofGithub(environment, readEvent) : ofGitlab(environment);
}

function ofGithub(environment: Environment, readEvent: (file: string) => unknown): Surroundings {
  const file = environment.GITHUB_EVENT_PATH;
  const event = (file === undefined || file === '' ? {} : (readEvent(file) ?? {})) as GithubEvent;
  const { pull_request: pull, workflow_run: run } = event;
  const owner = run?.head_repository?.owner?.login;
  const branch = run?.head_branch;
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = environment;
  return {
    forge: 'github',
    apiUrl: given(environment.GITHUB_API_URL) ?? 'https://api.github.com',
    repository: given(repository),
    number: pull?.number,
    commit: pull?.head?.sha ?? run?.head_sha,
    head: owner === undefined || branch === undefined ? undefined : { owner, branch },
    token: given(environment.GITHUB_TOKEN) ?? given(environment.GH_TOKEN),
    runUrl:
      run?.html_url ??
      (server === undefined || repository === undefined || id === undefined
        ? undefined
        : `${server}/${repository}/actions/runs/${id}`),
  };
}

function ofGitlab(environment: Environment): Surroundings {
  const number = Number(environment.CI_MERGE_REQUEST_IID);
  return {
    forge: 'gitlab',
    apiUrl: given(environment.CI_API_V4_URL) ?? 'https://gitlab.com/api/v4',
    repository: given(environment.CI_MERGE_REQUEST_PROJECT_ID) ?? given(environment.CI_PROJECT_ID),
    number: Number.isInteger(number) && number > 0 ? number : undefined,
    // A pipeline for merged results runs on a commit that the branch does not have.
    commit: given(environment.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA) ?? given(environment.CI_COMMIT_SHA),
    head: undefined,
    token: given(environment.GITLAB_TOKEN),
    runUrl: given(environment.CI_JOB_URL),
  };
}

function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
