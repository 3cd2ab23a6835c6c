import type { AccessRule } from './rule';

/** Ranges that hold every address. */
export const wholeInternet: AccessRule = {
  applies: (_, gained) => /(^|[^\d.])0\.0\.0\.0\/0\b|(^|[^\da-f:])::\/0\b|\binternet\b/i.test(gained),
  sentence:
    'Every address on the internet can reach it. To avoid it, name the ranges that need it, or go through IAP, a VPN or a private address.',
};
