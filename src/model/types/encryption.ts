import type { Originated } from './originated';

/** A Google product with data at rest; each has a key of its own in each location. */
export type EncryptedService =
  'artifacts' | 'backups' | 'datasets' | 'disks' | 'kubernetes' | 'pubsub' | 'secrets' | 'sql' | 'storage';

/** The customer-managed keys. */
export interface Encryption extends Originated {
  readonly rotationDays: number;
  readonly protection: 'SOFTWARE' | 'HSM';
  readonly deletionProtection: boolean;
  readonly keyRings: readonly KeyRing[];
}

/** The keys of one location: a key only encrypts what is where it is. */
export interface KeyRing {
  readonly name: string;
  /** A region, a multi-region such as `europe`, or `global`. */
  readonly location: string;
  readonly keys: readonly CryptoKey[];
}

export interface CryptoKey {
  readonly service: EncryptedService;
  /** `projects/P/locations/L/keyRings/R/cryptoKeys/K`. */
  readonly id: string;
  /** IAM member of the product's agent, which encrypts and decrypts. */
  readonly agent: string;
}
