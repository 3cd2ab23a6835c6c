import { publicImage } from '../../src/model/images';
import type { Registry } from '../../src/model';

const digest = `sha256:${'a'.repeat(64)}`;
const mirror = {
  key: 'hub',
  host: 'europe-west1-docker.pkg.dev/p/hub',
  mirror: { upstream: 'docker-hub', imageHost: 'docker.io' },
} as unknown as Registry;
const registries = new Map([['hub', mirror]]);

describe('a public image that comes through a mirror', () => {
  it.each(['docker.io/library/postgres:18', 'europe-west1-docker.pkg.dev/p/hub/library/postgres:18'])(
    'is locked by the name %s',
    (name) => {
      expect(
        publicImage('docker.io/library/postgres:18', { lock: { [name]: digest }, registries }),
      ).toMatchObject({
        reference: `europe-west1-docker.pkg.dev/p/hub/library/postgres:18@${digest}`,
        pinned: true,
      });
    },
  );

  it('has no digest where the lock knows neither', () => {
    expect(publicImage('docker.io/library/postgres:18', { lock: {}, registries })).toMatchObject({
      reference: 'europe-west1-docker.pkg.dev/p/hub/library/postgres:18',
      pinned: false,
      // What anybody can ask for; the digest is the same in every mirror.
      lockName: 'docker.io/library/postgres:18',
    });
  });
});
