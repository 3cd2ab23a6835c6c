import type { AccessRule } from './rule';

/** Google's `allUsers`, Kubernetes' anonymous requests. */
export const anybody: AccessRule = {
  applies: (_, gained) => /\ballUsers\b|system:(anonymous|unauthenticated)\b/.test(gained),
  sentence:
    'Anybody on the internet may do this without signing in. To avoid it, name a group or a service account; what is meant for the public belongs behind a load balancer with a backend of its own.',
};
