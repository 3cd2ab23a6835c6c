import type { AccessRule } from './rule';

/** Values of secrets. */
export const readsSecrets: AccessRule = {
  applies: (_, gained) =>
    /\broles\/secretmanager\.(secretAccessor|admin)\b|secretmanager\.versions\.access|\bsecrets?\b.*\b(get|list|watch)\b|\b(get|list|watch)\b.*\bsecrets\b/i.test(
      gained,
    ),
  sentence:
    'It can read the values of secrets. To avoid it, grant it on the secrets that are needed, by name, and on no project or namespace as a whole.',
};
