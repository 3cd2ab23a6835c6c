import ipaddr from 'ipaddr.js';

/** Addresses from `first` to `last`, both included. */
type Span = readonly [first: bigint, last: bigint];

/** Spans of each version, disjoint and in order. */
interface Spans {
  readonly ipv4: readonly Span[];
  readonly ipv6: readonly Span[];
}

const versions = ['ipv4', 'ipv6'] as const;
const bits = { ipv4: 32, ipv6: 128 } as const;

/** What is nobody's on the internet: private, shared, loopback, link-local, multicast, reserved. */
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
  '::/8',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
];

/** More public addresses than this are open to the world: about one in 256, or a /16 of IPv6. Nobody has so many. */
const many = { ipv4: 2n ** 24n, ipv6: 2n ** 112n } as const;

/** A set of addresses: two halves of the internet are the internet. */
export class Addresses {
  private constructor(private readonly spans: Spans) {}

  /** Ranges in CIDR notation, or single addresses; what is neither is left out. */
  static of(ranges: readonly string[]): Addresses {
    const spans: Record<(typeof versions)[number], Span[]> = { ipv4: [], ipv6: [] };
    for (const range of ranges) {
      const [text = '', length] = range.split('/');
      if (!ipaddr.isValid(text)) continue;
      const address = ipaddr.parse(text);
      const version = address.kind();
      const prefix = length === undefined ? bits[version] : Number(length);
      if (!Number.isInteger(prefix) || prefix < 0 || prefix > bits[version]) continue;
      const size = 2n ** BigInt(bits[version] - prefix);
      const value = address.toByteArray().reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
      const first = (value / size) * size;
      spans[version].push([first, first + size - 1n]);
    }
    return new Addresses(each((version) => merge(spans[version])));
  }

  static readonly all = Addresses.of(['0.0.0.0/0', '::/0']);

  /** What is nobody's on the internet. */
  static readonly privateOnes = Addresses.of(notPublic);

  union(other: Addresses): Addresses {
    return new Addresses(each((version) => merge([...this.spans[version], ...other.spans[version]])));
  }

  minus(other: Addresses): Addresses {
    return new Addresses(each((version) => difference(this.spans[version], other.spans[version])));
  }

  /** What both hold. */
  intersect(other: Addresses): Addresses {
    return this.minus(this.minus(other));
  }

  /** Its addresses as the fewest ranges in CIDR notation, in order. */
  toRanges(): string[] {
    return versions.flatMap((version) =>
      this.spans[version].flatMap(([first, last]) => rangesOf(version, first, last)),
    );
  }

  get isEmpty(): boolean {
    return versions.every((version) => this.spans[version].length === 0);
  }

  /** Whether it and the other share an address. */
  meets(other: Addresses): boolean {
    return versions.some((version) =>
      this.spans[version].some(([first, last]) =>
        other.spans[version].some(([from, to]) => first <= to && from <= last),
      ),
    );
  }

  /** Whether it holds every address of IPv4. */
  get isEverything(): boolean {
    const [only, ...others] = this.spans.ipv4;
    return only?.[0] === 0n && only[1] === 2n ** 32n - 1n && others.length === 0;
  }

  /** Whether so many public addresses are in it that it is open to the world. */
  get isTheWorld(): boolean {
    const { spans } = this.minus(Addresses.privateOnes);
    return versions.some(
      (version) => spans[version].reduce((sum, [first, last]) => sum + last - first + 1n, 0n) > many[version],
    );
  }
}

/** Cuts a span into the largest blocks that begin at a multiple of their size. */
function rangesOf(version: (typeof versions)[number], first: bigint, last: bigint): string[] {
  const ranges: string[] = [];
  for (let from = first; from <= last;) {
    let length = 0;
    const fits = (size: bigint) => from % size === 0n && from + size - 1n <= last;
    while (length < bits[version] && fits(2n ** BigInt(length + 1))) length += 1;
    const size = 2n ** BigInt(length);
    ranges.push(`${textOf(version, from)}/${bits[version] - length}`);
    from += size;
  }
  return ranges;
}

function textOf(version: (typeof versions)[number], address: bigint): string {
  const bytes = bits[version] / 8;
  const parts = Array.from({ length: bytes }, (_, index) =>
    Number((address >> BigInt(8 * (bytes - 1 - index))) & 255n),
  );
  return ipaddr.fromByteArray(parts).toString();
}

function each(spansOf: (version: (typeof versions)[number]) => readonly Span[]): Spans {
  return { ipv4: spansOf('ipv4'), ipv6: spansOf('ipv6') };
}

function difference(spans: readonly Span[], taken: readonly Span[]): Span[] {
  return taken.reduce<Span[]>(
    (rest, [from, to]) =>
      rest.flatMap(([first, last]): Span[] => {
        if (to < first || last < from) return [[first, last]];
        return [
          ...(first < from ? [[first, from - 1n] as const] : []),
          ...(last > to ? [[to + 1n, last] as const] : []),
        ];
      }),
    [...spans],
  );
}

function merge(spans: readonly Span[]): Span[] {
  const merged: [bigint, bigint][] = [];
  for (const [first, last] of [...spans].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    const before = merged.at(-1);
    if (before !== undefined && first <= before[1] + 1n) {
      if (last > before[1]) before[1] = last;
    } else merged.push([first, last]);
  }
  return merged;
}
