import ipaddr from 'ipaddr.js';

/** What the values of a type look like, for messages. */
const forms: Readonly<Record<string, string>> = {
  A: 'an IPv4 address such as 203.0.113.7',
  AAAA: 'an IPv6 address such as 2001:db8::7',
  CAA: 'flag, tag and value such as 0 issue "pki.goog"',
  CNAME: 'a host name such as host.example.com',
  MX: 'preference and host name such as 10 mail.example.com',
  NS: 'a host name such as ns1.example.com',
  SRV: 'priority, weight, port and host name such as 0 5 443 host.example.com',
  TXT: 'a text',
};

const host = String.raw`([A-Za-z0-9_]([-A-Za-z0-9_]*[A-Za-z0-9])?\.)*[A-Za-z0-9_]([-A-Za-z0-9_]*[A-Za-z0-9])?\.?`;
const patterns: Readonly<Record<string, RegExp>> = {
  CAA: /^\d{1,3} (issue|issuewild|iodef) "[^"]*"$/,
  CNAME: new RegExp(`^${host}$`),
  MX: new RegExp(`^\\d{1,5} ${host}$`),
  NS: new RegExp(`^${host}$`),
  SRV: new RegExp(`^\\d{1,5} \\d{1,5} \\d{1,5} ${host}$`),
};

/** What a value of the type must look like. */
export function formOfValue(type: string): string {
  return forms[type] ?? 'a value';
}

/**
 * A value as Cloud DNS keeps it, or undefined where it cannot be one. Any other spelling would show as a change in
 * every plan.
 */
export function recordValue(type: string, value: string): string | undefined {
  switch (type) {
    case 'A':
      return ipaddr.IPv4.isValidFourPartDecimal(value) ? value : undefined;
    case 'AAAA':
      return ipaddr.IPv6.isValid(value) ? ipaddr.IPv6.parse(value).toRFC5952String() : undefined;
    case 'TXT':
      return quoted(value);
    case 'CAA':
      return patterns.CAA?.test(value) === true ? value : undefined;
    default:
      if (patterns[type]?.test(value) !== true) return undefined;
      return value.endsWith('.') ? value : `${value}.`;
  }
}

/** In quotes, in pieces of at most 255 bytes, as DNS keeps texts. */
function quoted(text: string): string | undefined {
  if (/^".*"$/.test(text)) return text;
  // What is no ASCII would have to be escaped byte by byte.
  if (!/^[\x20-\x7e]*$/.test(text)) return undefined;
  const pieces = text.match(/.{1,255}/g) ?? [''];
  return pieces.map((piece) => `"${piece.replace(/["\\]/g, '\\$&')}"`).join(' ');
}
