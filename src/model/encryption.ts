import type { Config } from '../config/schema';
import { agentMember, requireAgent } from './agents';
import type { CryptoKey, Encryption, EncryptedService, KeyRing, Platform } from './platform';
import type { Problems } from './problems';
import { compare } from './scope';

/** What is to be encrypted: which product keeps data where. */
export type Encrypted = Pick<
  Platform,
  'buckets' | 'clusters' | 'databases' | 'operations' | 'region' | 'registries' | 'secrets' | 'topics'
>;

/** The keys that the platform needs, one for each product and place. Null where Google's own encrypt. */
export function resolveEncryption(
  config: Config,
  prefix: string,
  problems: Problems,
  encrypted: Encrypted,
): Encryption | null {
  const { encryption, google } = config;
  if (encryption?.customerManaged !== true) return null;
  requireAgent(config, problems, 'sql', 'encryption with your own keys', ['encryption', 'customerManaged']);
  const name = encryption.keyRing ?? prefix;
  const places = new Map<string, Set<EncryptedService>>();
  for (const [service, place] of placesOf(encrypted)) {
    const location = kmsLocation(place);
    places.set(location, (places.get(location) ?? new Set()).add(service));
  }
  return {
    rotationDays: encryption.rotationDays,
    protection: encryption.protection === 'hsm' ? 'HSM' : 'SOFTWARE',
    deletionProtection: encryption.deletionProtection,
    keyRings: [...places]
      .sort(([a], [b]) => compare(a, b))
      .map(([location, services]): KeyRing => ({
        name,
        location,
        keys: [...services].sort(compare).map((service): CryptoKey => ({
          service,
          id: `projects/${google.project}/locations/${location}/keyRings/${name}/cryptoKeys/${service}`,
          agent: agentMember(google.projectNumber ?? '0', service),
        })),
      })),
    origin: ['encryption'],
  };
}

/** The id of the key for a product's data in some place; undefined where Google's own encrypts. */
export function encryptionKey(
  { encryption }: Pick<Platform, 'encryption'>,
  service: EncryptedService,
  place: string,
): string | undefined {
  const location = kmsLocation(place);
  return encryption?.keyRings
    .find((ring) => ring.location === location)
    ?.keys.find((key) => key.service === service)?.id;
}

/** Where secrets are that Google keeps in several regions. */
export const everywhere = 'global';

function placesOf(encrypted: Encrypted): [EncryptedService, string][] {
  const { region } = encrypted;
  return [
    ...encrypted.clusters.flatMap(({ location, backup }): [EncryptedService, string][] => [
      ['kubernetes', location],
      ['disks', location],
      ...(backup === null ? [] : [['backups', backup.location] satisfies [EncryptedService, string]]),
    ]),
    ...encrypted.databases.flatMap(({ replicas }) =>
      [region, ...replicas.map((replica) => replica.region)].map((one): [EncryptedService, string] => [
        'sql',
        one,
      ]),
    ),
    ...encrypted.registries.map((): [EncryptedService, string] => ['artifacts', region]),
    ...encrypted.operations.sinks
      .filter(({ destination }) => destination.kind === 'dataset')
      .map((): [EncryptedService, string] => ['datasets', region]),
    ...encrypted.topics.map((): [EncryptedService, string] => ['pubsub', region]),
    ...encrypted.buckets
      .filter(({ existing }) => !existing)
      .map(({ location }): [EncryptedService, string] => ['storage', location]),
    ...encrypted.secrets.flatMap(({ regions }) =>
      (regions.length === 0 ? [everywhere] : regions).map((one): [EncryptedService, string] => [
        'secrets',
        one,
      ]),
    ),
  ];
}

/** Where a key must be for data in a region, a zone of one, or several regions. */
function kmsLocation(place: string): string {
  const lower = place.toLowerCase();
  return lower === 'eu' ? 'europe' : lower.replace(/^([a-z]+-[a-z]+\d+)-[a-z]$/, '$1');
}
