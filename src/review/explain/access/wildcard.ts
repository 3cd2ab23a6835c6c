import type { AccessRule } from './rule';

/** `*` for verbs, resources or groups of the API. */
export const wildcard: AccessRule = {
  applies: ({ after }) => /(^|["\s:,[])\*(["\s:,\]]|$)/.test(JSON.stringify(after ?? '')),
  sentence:
    'A wildcard also covers what does not exist yet. To avoid it, list the verbs and resources that are needed.',
};
