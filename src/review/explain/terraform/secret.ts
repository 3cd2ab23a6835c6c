import type { Advice } from './advice';

/** Secrets and their versions. */
export const secret: Advice = {
  types: /^google_secret_manager_(regional_)?secret(_version)?$/,
  lost: 'Its values are gone, and whatever reads them fails at its next start.',
  instead:
    'give the new secret a key of its own, fill it, let the readers take it, and take the old one away later',
};
