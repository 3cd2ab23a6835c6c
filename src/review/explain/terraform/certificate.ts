import type { Advice } from './advice';

/** Certificates. */
export const certificate: Advice = {
  types: /^google_certificate_manager_|^google_privateca_/,
  lost: 'Clients are refused until the new one is issued, which takes minutes to hours.',
  instead:
    'add the new certificate beside the old one, wait until it is active, and take the old one away later',
};
