import { createHash } from 'node:crypto';

/** Longest DNS label: names of volumes and of the Jobs whose name is also a label of their pods. */
const labelLimit = 63;

/** The first eight hexadecimal digits of the SHA-256. */
function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** The name, or where it is too long its beginning with a hash of the whole, so that two long names stay apart. */
export function dnsLabel(name: string): string {
  return name.length <= labelLimit ? name : hashed(name, name);
}

/** The name with a hash of the content, for objects that cannot be changed once they exist. */
export function hashed(name: string, content: string): string {
  return `${name.slice(0, labelLimit - 9).replace(/-+$/, '')}-${shortHash(content)}`;
}
