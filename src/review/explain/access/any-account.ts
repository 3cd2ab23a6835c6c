import type { AccessRule } from './rule';

/** Google's `allAuthenticatedUsers`, Kubernetes' `system:authenticated`. */
export const anyAccount: AccessRule = {
  applies: (_, gained) => /\ballAuthenticatedUsers\b|system:authenticated\b/.test(gained),
  sentence:
    'Everybody who is signed in may do this; at Google that is any account of anybody, not only of your organization. To avoid it, name a group or a service account.',
};
