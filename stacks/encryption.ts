import type { ITerraformDependable } from 'cdktf';
import { address, KmsCryptoKey, KmsKeyRing } from '../src/google';
import { encryptionKey, type EncryptedService } from '../src/model';
import type { Foundation } from './foundation-parts';
import { setOrigin } from './origin';

const kms = 'cloudkms.googleapis.com';

/** The API of each product: its agent is made with it, and a grant to one that is not there fails. */
const apis: Readonly<Record<EncryptedService, string>> = {
  artifacts: 'artifactregistry.googleapis.com',
  backups: 'gkebackup.googleapis.com',
  datasets: 'bigquery.googleapis.com',
  disks: 'compute.googleapis.com',
  kubernetes: 'container.googleapis.com',
  pubsub: 'pubsub.googleapis.com',
  secrets: 'secretmanager.googleapis.com',
  sql: 'sqladmin.googleapis.com',
  storage: 'storage.googleapis.com',
};

/** A key to encrypt with, and what must exist before it can be used. */
export interface UsableKey {
  readonly id: string;
  readonly ready: readonly ITerraformDependable[];
}

/** The keys of a platform, while what they encrypt is being made. */
export class EncryptionKeys {
  private readonly keys = new Map<string, UsableKey>();

  constructor(private readonly foundation: Foundation) {
    const { platform, services } = foundation;
    const { encryption, project, labels } = platform;
    if (encryption === null) return;
    const rings = foundation.group('key-rings');
    const keys = foundation.group('keys');
    for (const ring of encryption.keyRings) {
      const { ring: made } = setOrigin(
        new KmsKeyRing(rings, ring.location, {
          project,
          name: ring.name,
          location: ring.location,
          dependsOn: services.of(kms),
        }),
        encryption,
      );
      for (const key of ring.keys) {
        const { ready } = setOrigin(
          new KmsCryptoKey(keys, address(ring.location, key.service), {
            name: key.service,
            keyRing: made.id,
            agent: key.agent,
            rotationDays: encryption.rotationDays,
            protection: encryption.protection,
            deletionProtection: encryption.deletionProtection,
            labels,
            dependsOn: services.of(kms, apis[key.service]),
          }),
          encryption,
        );
        this.keys.set(key.id, { id: key.id, ready });
      }
    }
  }

  /** The key for a product's data in some place; undefined where Google's own encrypts. */
  of(service: EncryptedService, place: string): UsableKey | undefined {
    const id = encryptionKey(this.foundation.platform, service, place);
    return id === undefined ? undefined : this.keys.get(id);
  }
}
