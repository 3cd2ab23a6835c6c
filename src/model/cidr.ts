import ipaddr from 'ipaddr.js';

/** An IPv4 range: its first address as a number, and the length of its prefix. */
export interface Cidr {
  readonly base: number;
  readonly prefix: number;
}

/** The range that a text names, or undefined where it names none. Bits beyond the prefix are kept. */
export function parseCidr(text: string): Cidr | undefined {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return undefined;
  const [address, prefix] = ipaddr.IPv4.parseCIDR(text);
  return { base: address.toByteArray().reduce((sum, octet) => sum * 256 + octet, 0), prefix };
}

/** `10.40.0.0/16`. */
export function formatCidr({ base, prefix }: Cidr): string {
  return `${[24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join('.')}/${prefix}`;
}

/** How many addresses it holds. */
export function sizeOf({ prefix }: Cidr): number {
  return 2 ** (32 - prefix);
}

/** The same range with the bits beyond the prefix cleared. */
export function networkOf(cidr: Cidr): Cidr {
  return { base: cidr.base - (cidr.base % sizeOf(cidr)), prefix: cidr.prefix };
}

/** Whether an address is in both. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.base < b.base + sizeOf(b) && b.base < a.base + sizeOf(a);
}

/** Whether every address of the second is in the first. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return inner.base >= outer.base && inner.base + sizeOf(inner) <= outer.base + sizeOf(outer);
}

/** The range number `index` of those that `bits` more bits of prefix cut it into. */
export function subrange(cidr: Cidr, bits: number, index: number): Cidr {
  const prefix = cidr.prefix + bits;
  return { base: cidr.base + index * 2 ** (32 - prefix), prefix };
}

/** Ranges that are never on the internet: private, shared, link-local and loopback. */
export const nonPublicRanges: readonly string[] = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
];
