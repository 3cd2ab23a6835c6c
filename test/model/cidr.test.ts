import { contains, formatCidr, networkOf, overlaps, parseCidr, sizeOf, subrange } from '../../src/model/cidr';
import { fc } from '../support/property';

const range = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 32 }))
  .map(([base, prefix]) => ({ base, prefix }));

it.each(['10.40.0.0/16', '0.0.0.0/0', '255.255.255.255/32'])('reads and writes %s', (text) => {
  expect(formatCidr(parseCidr(text)!)).toBe(text);
});

it.each([
  '10.40.0.0',
  '10.400.0.0/16',
  '10.40.0.0/33',
  '10.40.0/16',
  '010.40.0.0/16',
  '::/0',
  '',
  '10.40.0.0/16 ',
])('takes %j for no range', (text) => {
  expect(parseCidr(text)).toBeUndefined();
});

it('reads what it writes', () => {
  fc.assert(
    fc.property(range, (cidr) => {
      expect(parseCidr(formatCidr(cidr))).toEqual(cidr);
    }),
  );
});

it('clears the bits beyond the prefix', () => {
  expect(formatCidr(networkOf(parseCidr('10.40.77.3/16')!))).toBe('10.40.0.0/16');
});

it('cuts a range into parts that lie in it side by side', () => {
  const whole = parseCidr('10.40.0.0/16')!;
  const parts = [0, 1, 2, 3].map((index) => subrange(whole, 2, index));
  expect(parts.map(formatCidr)).toEqual([
    '10.40.0.0/18',
    '10.40.64.0/18',
    '10.40.128.0/18',
    '10.40.192.0/18',
  ]);
  expect(parts.every((part) => contains(whole, part))).toBe(true);
  expect(parts.some((a, i) => parts.slice(i + 1).some((b) => overlaps(a, b)))).toBe(false);
});

it('sees an overlap exactly where one network contains the other', () => {
  fc.assert(
    fc.property(range, range, (first, second) => {
      const [a, b] = [networkOf(first), networkOf(second)];
      expect(overlaps(a, b)).toBe(contains(a, b) || contains(b, a));
      expect(overlaps(a, b)).toBe(overlaps(b, a));
    }),
  );
});

it('counts addresses', () => {
  expect(sizeOf(parseCidr('10.0.0.0/24')!)).toBe(256);
});
