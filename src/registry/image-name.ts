/** An image by its tag or digest, and the registry that answers for it. */
export interface ImageName {
  /** What it was made from. */
  readonly text: string;
  /** Host as the reference has it: the one that credentials are kept for. */
  readonly host: string;
  /** Host, and port, of the registry's API. */
  readonly apiHost: string;
  /** For example `library/postgres`. */
  readonly repository: string;
  /** Tag, or digest with its `sha256:`. */
  readonly version: string;
}

/** Docker Hub answers under another name than its images carry. */
const hub = { host: 'docker.io', apiHost: 'registry-1.docker.io' };

/**
 * Takes a full reference apart: `HOST/NAME:TAG` or `HOST/NAME@DIGEST`. The configuration has checked its form.
 * @see https://github.com/distribution/reference/blob/main/reference.go
 */
export function parseImageName(text: string): ImageName {
  const slash = text.indexOf('/');
  const host = text.slice(0, slash);
  const rest = text.slice(slash + 1);
  const at = rest.includes('@') ? rest.indexOf('@') : rest.lastIndexOf(':');
  if (slash < 1 || at < 1) {
    throw new Error(`image '${text}': allowed is HOST/NAME:TAG or HOST/NAME@DIGEST; write both parts`);
  }
  // A digest decides; a tag in front of it says nothing more.
  const name = rest.includes('@') ? rest.slice(0, at).replace(/:[\w.-]+$/, '') : rest.slice(0, at);
  const onHub = host === hub.host || host === 'index.docker.io';
  return {
    text,
    host: onHub ? hub.host : host,
    apiHost: onHub ? hub.apiHost : host,
    repository: onHub && !name.includes('/') ? `library/${name}` : name,
    version: rest.slice(at + 1),
  };
}
