import type { Advice } from './advice';

/** Registries of images and packages. */
export const registry: Advice = {
  types: /^google_artifact_registry_repository$/,
  lost: 'Its images and packages are deleted, and pods that have to pull one of them do not start.',
  instead:
    'make the new registry beside it, copy what is used (gcrane cp), change the references, and take the old one away later',
};
