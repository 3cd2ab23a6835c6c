import type { AccessRule } from './rule';

/** The roles from before there were fine ones. */
export const basicRole: AccessRule = {
  applies: (_, gained) => /\broles\/(owner|editor|viewer|browser)\b/.test(gained),
  sentence:
    'A basic role holds thousands of permissions over every service of the project. To avoid it, give the predefined role of the service that is needed, on the resource itself.',
};
