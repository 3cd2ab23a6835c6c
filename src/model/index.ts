/** The resolved platform: names, identities, ranges and placements, computed from a configuration. */
export * from './platform';
export { encryptionKey, everywhere } from './encryption';
export { type ImageLock } from './images';
export { type UsedImage, usedImages } from './used-images';
export { resolvePlatform, type Resolution, type ResolveOptions } from './resolve';
export { type LoadedPlatforms, type LoadOptions, loadPlatforms, type SourceText } from './load';
