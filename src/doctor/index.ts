/** Looks whether what a platform needs is there: programs, credentials, and what its clusters hold. */
export { checkCluster, type ExpectedCluster } from './cluster';
export { type Finding, type Run, type Said, type Verdict } from './finding';
export { checkGoogle } from './google';
export { type ExpectedSecret } from './secrets';
export { checkTools } from './tools';
