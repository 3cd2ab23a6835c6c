/** A comment that stands under a pull request. */
export interface ForgeComment {
  readonly id: number;
  readonly body: string;
}

/** The pull or merge request that is commented on. */
export interface PullRequest {
  /** The last commit of its branch. */
  readonly commit: string;
  readonly open: boolean;
}

/** What is needed of a forge; each of its methods throws a ForgeError where it is refused. */
export interface Forge {
  /** `pull request 12 of acme/data`. */
  readonly name: string;
  readonly pullRequest: () => Promise<PullRequest>;
  /** Comments of whoever the token belongs to, oldest first. */
  readonly ownComments: () => Promise<readonly ForgeComment[]>;
  readonly create: (body: string) => Promise<void>;
  readonly update: (id: number, body: string) => Promise<void>;
  readonly remove: (id: number) => Promise<void>;
  readonly close: () => Promise<void>;
}
