/** A review as one comment under a pull request: found again, and written only where it says something new. */
export { ForgeError, type ForgePatience } from './client';
export type { Forge, ForgeComment, PullRequest } from './forge';
export { findGithubPulls, githubForge, type GithubTarget } from './github';
export { gitlabForge, type GitlabTarget } from './gitlab';
export { postSticky, type Sticky, type StickyResult } from './sticky';
export { type Surroundings, surroundingsOf } from './surroundings';
