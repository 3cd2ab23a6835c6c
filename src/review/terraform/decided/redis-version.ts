import { at, type DecidedInCode } from './decision';

/** `REDIS_7_0` is 7.0; a version such as `REDIS_6_X` has no number, and is not compared. */
const versionOf = (value: unknown) => {
  const [, major, minor] = /REDIS_(\d+)_(\d+)/.exec(String(value)) ?? [];
  return Number(`${String(major)}.${String(minor)}`);
};

/** Redis is upgraded in place and never downgraded. */
export const redisVersion: DecidedInCode = {
  types: ['google_redis_instance'],
  decide: (before, after) => {
    const [from, to] = [versionOf(at(before, 'redis_version')), versionOf(at(after, 'redis_version'))];
    return to < from
      ? { forces: ['redis_version'], because: 'Redis cannot go back to an older version' }
      : undefined;
  },
};
