import { at, type DecidedInCode } from './decision';

const versionOf = (value: unknown) => Number(/REDIS_(\d+)_/.exec(String(value))?.[1]);

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
