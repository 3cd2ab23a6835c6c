import { readFileSync } from 'node:fs';

/** A random UUID, the kernel's: Node's own would load a hundred kilobytes of cryptography at every start. */
export function randomUuid(): string {
  return readFileSync('/proc/sys/kernel/random/uuid', 'latin1').trim();
}
