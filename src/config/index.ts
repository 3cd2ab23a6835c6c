/** What users type: the schema of `platform.yaml`, its parser, and its messages. */
export { hasSecretName } from './credentials';
export { ConfigDocument, type LocatedProblem, type SourceRange } from './document';
export { type RawEnvironment, splitEnvironments } from './environments';
export { parseImagesLock, renderImagesLock } from './images-lock';
export { parseManifests } from './manifests';
export { parseConfig, type ParseResult } from './parse';
export { findLostTexts } from './env-texts';
export { ConfigError } from './error';
export { type ConfigPath, formatPath, type Problem } from './problem';
export { renderProblems } from './render';
export { type Config, platformSchema } from './schema';
