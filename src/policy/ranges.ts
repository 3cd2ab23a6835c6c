import ipaddr from 'ipaddr.js';

/** Addresses from `first` to `last`, both included. */
type Span = readonly [first: number, last: number];

const end = 2 ** 32 - 1;

/** Of IPv4, what is nobody's on the internet: private, shared, loopback, link-local, multicast, reserved. */
const notPublic = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
];

/** More public addresses than this, about one in 256, are open to the world: nobody has so many of their own. */
const manyIpv4 = 2 ** 24;
const manyIpv6Prefix = 16;

/** A set of addresses, as disjoint spans in order: two halves of the internet are the internet. */
export class Addresses {
  private constructor(
    private readonly spans: readonly Span[],
    /** Shortest prefix of the IPv6 ranges in it; 129 where there are none. */
    private readonly ipv6Prefix: number,
  ) {}

  /** Ranges in CIDR notation, or single addresses; what is neither is left out. */
  static of(ranges: readonly string[]): Addresses {
    let ipv6 = 129;
    const spans: Span[] = [];
    for (const range of ranges) {
      const [text = '', bits] = range.split('/');
      if (!ipaddr.isValid(text)) continue;
      const address = ipaddr.parse(text);
      const prefix = bits === undefined ? (address.kind() === 'ipv4' ? 32 : 128) : Number(bits);
      if (address.kind() === 'ipv6') {
        ipv6 = Math.min(ipv6, prefix);
        continue;
      }
      const size = 2 ** (32 - prefix);
      const value = address.toByteArray().reduce((sum, byte) => sum * 256 + byte, 0);
      const first = Math.floor(value / size) * size;
      spans.push([first, first + size - 1]);
    }
    return new Addresses(merge(spans), ipv6);
  }

  static readonly all = Addresses.of(['0.0.0.0/0', '::/0']);

  /** What is nobody's on the internet. */
  static readonly privateOnes = Addresses.of(notPublic);

  union(other: Addresses): Addresses {
    return new Addresses(merge([...this.spans, ...other.spans]), Math.min(this.ipv6Prefix, other.ipv6Prefix));
  }

  minus(other: Addresses): Addresses {
    const kept = this.spans.flatMap((span) => {
      let rest: Span[] = [span];
      for (const [from, to] of other.spans) {
        rest = rest.flatMap(([first, last]): Span[] => [
          ...(first < from ? [[first, Math.min(last, from - 1)] as const] : []),
          ...(last > to ? [[Math.max(first, to + 1), last] as const] : []),
        ]);
      }
      return rest.filter(([first, last]) => first <= last);
    });
    return new Addresses(kept, other.ipv6Prefix <= this.ipv6Prefix ? 129 : this.ipv6Prefix);
  }

  get isEmpty(): boolean {
    return this.spans.length === 0 && this.ipv6Prefix > 128;
  }

  /** Whether it and the other share an address of IPv4. */
  meets(other: Addresses): boolean {
    return this.spans.some(([first, last]) => other.spans.some(([from, to]) => first <= to && from <= last));
  }

  /** Whether it holds every address of IPv4. */
  get isEverything(): boolean {
    return this.spans.length === 1 && this.spans[0]?.[0] === 0 && this.spans[0][1] === end;
  }

  /** Whether so many public addresses are in it that it is open to the world. */
  get isTheWorld(): boolean {
    const size = this.minus(Addresses.privateOnes).spans.reduce(
      (sum, [first, last]) => sum + last - first + 1,
      0,
    );
    return size > manyIpv4 || this.ipv6Prefix < manyIpv6Prefix;
  }
}

function merge(spans: readonly Span[]): Span[] {
  const merged: [number, number][] = [];
  for (const [first, last] of [...spans].sort((a, b) => a[0] - b[0])) {
    const before = merged.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else merged.push([first, last]);
  }
  return merged;
}
