import { textOf } from './tree';

/** A domain without its last dot, in small letters. */
export function domainOf(value: unknown): string {
  return textOf(value).toLowerCase().replace(/\.$/, '');
}

/** Whether proving a domain proves this one: itself, or the wildcard right below it. */
export function isCoveredBy(domain: string, proved: string): boolean {
  return domainOf(domain).replace(/^\*\./, '') === proved;
}

/** Whether a name is in a zone: the zone's own, or below it; `badexample.com` is not in `example.com`. */
export function isWithin(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}

/** Whether a certificate for a domain is good for a host. */
export function isGoodFor(domain: string, host: string): boolean {
  if (!domain.startsWith('*.')) return domain === host;
  const parent = domain.slice(2);
  return host === domain || (host.endsWith(`.${parent}`) && !host.slice(0, -parent.length - 1).includes('.'));
}
