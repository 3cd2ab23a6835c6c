import type { ConfigPath } from '../config/problem';
import { type Cidr, contains, formatCidr, overlaps, parseCidr } from './cidr';
import type { Problems } from './problems';

const rangeOf = (text: string): Cidr => {
  const cidr = parseCidr(text);
  if (cidr === undefined) throw new Error(`${text} is no range`);
  return cidr;
};

/** Where a network of ours may be: private use, and the shared space that VPC networks take as private. */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/**
 * Instances of Cloud SQL use it inside, and never answer to it.
 * @see https://cloud.google.com/sql/docs/postgres/private-ip#requirements_for_private_ip
 */
const cloudSqlOwn = '172.17.0.0/16';

export function checkPrivate(cidr: Cidr, path: ConfigPath, problems: Problems): void {
  const found = formatCidr(cidr);
  if (!privateRanges.some((text) => contains(rangeOf(text), cidr))) {
    problems.add({
      path,
      message: 'the range is not private: addresses of others on the internet could not be reached any more',
      found,
      allowed: `a range within ${privateRanges.join(', ')}`,
      fix: `for example 10.40.0.0/${Math.max(cidr.prefix, 16)}`,
    });
  } else if (overlaps(rangeOf(cloudSqlOwn), cidr)) {
    problems.add({
      path,
      message: `Cloud SQL uses ${cloudSqlOwn} itself, and could not be reached from there`,
      found,
      allowed: `a private range that shares no address with ${cloudSqlOwn}`,
      fix: `for example 10.40.0.0/${Math.max(cidr.prefix, 16)}`,
    });
  }
}
