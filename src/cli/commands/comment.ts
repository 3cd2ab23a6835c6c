import { readFileSync, statSync } from 'node:fs';
import {
  findGithubPulls,
  type Forge,
  ForgeError,
  type ForgePatience,
  githubForge,
  gitlabForge,
  postSticky,
  type StickyResult,
  type Surroundings,
  surroundingsOf,
} from '../../comment';
import { colors, FAILED, InputError, say } from '../../output';
import { isSilent, readReview, renderMarkdown, type Review } from '../../review';

export interface CommentOptions {
  /** The review, as JSON. */
  readonly review: string;
  readonly forge?: 'github' | 'gitlab';
  readonly repository?: string;
  readonly pullRequest?: string;
  readonly commit?: string;
  readonly apiUrl?: string;
  readonly key: string;
  /** Where the page is. @default - the run of the job */
  readonly link?: string;
}

/** What a job could give us at most; larger is no review. */
const maxBytes = 100 * 2 ** 20;

const told: Readonly<Record<StickyResult, string>> = {
  created: 'the comment was written',
  updated: 'the comment was brought up to date',
  unchanged: 'the comment says this already',
  'nothing to say': 'nothing changes, and there is no comment to bring up to date',
  outdated: 'nothing was written: this is not the last commit of the branch any more',
  closed: 'nothing was written: it is not open any more',
};

/**
 * Writes a review under its pull request. The words are made here, from data: what a job of a fork hands over decides
 * what they are about, not how they are written.
 */
export async function comment(
  options: CommentOptions,
  environment: NodeJS.ProcessEnv = process.env,
  patience?: ForgePatience,
): Promise<void> {
  const review = readFile(options.review);
  const around = surroundingsOf(
    environment,
    options.forge,
    (file) => JSON.parse(readFileSync(file, 'utf8')) as unknown,
  );
  if (around === undefined) {
    throw new InputError(
      'This is no job of GitHub Actions or GitLab CI: say where the comment goes by --forge.',
    );
  }
  const commit = options.commit ?? around.commit;
  if (commit === undefined) throw new InputError('Say which commit the review is of: --commit SHA.');
  if (around.token === undefined) {
    throw new InputError(
      around.forge === 'github'
        ? 'There is no token: give the job env: { GITHUB_TOKEN: ${{ github.token }} }.'
        : 'There is no token: GITLAB_TOKEN holds a project access token with the scope api. A pipeline of a fork has none, and cannot comment.',
    );
  }
  try {
    const forges = await forgesOf(options, { ...around, token: around.token }, commit, patience);
    if (forges.length === 0)
      say(
        `${colors.yellow('!')} No open pull request ends with ${commit.slice(0, 12)}: nothing was written.`,
      );
    for (const forge of forges) await post(forge, review, commit, options, around);
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    say(`${colors.red('error')} ${error.message}`);
    say(`  fix      ${error.fix}`);
    process.exitCode = FAILED;
  }
}

async function post(
  forge: Forge,
  review: Review,
  commit: string,
  { key, link }: CommentOptions,
  { runUrl }: Surroundings,
): Promise<void> {
  try {
    const url = link ?? runUrl;
    const result = await postSticky(forge, {
      key,
      commit,
      markdown: renderMarkdown(review),
      footer: url === undefined ? '' : `\n<sub><a href="${escapeUrl(url)}">Everything, as a page</a></sub>\n`,
      silent: isSilent(review),
    });
    say(`${colors.green('✔')} ${forge.name}: ${told[result]}`);
  } finally {
    await forge.close();
  }
}

async function forgesOf(
  options: CommentOptions,
  around: Surroundings & { readonly token: string },
  commit: string,
  patience: ForgePatience | undefined,
): Promise<Forge[]> {
  const { token, head } = around;
  const apiUrl = options.apiUrl ?? around.apiUrl;
  const repository = options.repository ?? around.repository;
  if (repository === undefined) throw new InputError('Say which repository: --repository OWNER/NAME.');
  const number = options.pullRequest === undefined ? around.number : numberOf(options.pullRequest);
  const common = { apiUrl, token, ...(patience === undefined ? {} : { patience }) };
  if (around.forge === 'gitlab') {
    if (number === undefined) throw new InputError('Say which merge request: --pull-request NUMBER.');
    return [gitlabForge({ ...common, project: repository }, number)];
  }
  const target = { ...common, repository };
  if (number !== undefined) return [githubForge(target, number)];
  if (head === undefined) throw new InputError('Say which pull request: --pull-request NUMBER.');
  return (await findGithubPulls(target, { ...head, commit })).map((found) => githubForge(target, found));
}

function numberOf(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new InputError(`--pull-request: found ${JSON.stringify(text)}, allowed a number.`);
}

function readFile(file: string): Review {
  try {
    const { size } = statSync(file);
    if (size > maxBytes) throw new Error(`${String(Math.round(size / 2 ** 20))} MB are no review`);
    return readReview(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new InputError(
      `${file} is no review as tapline review --format json writes it: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

/** Only what may stand between the quotes of an address. */
function escapeUrl(url: string): string {
  const { protocol, href } = new URL(url);
  if (!['https:', 'http:'].includes(protocol))
    throw new InputError(`--link: found ${protocol}, allowed https.`);
  return href.replace(/[&"'<>]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}
