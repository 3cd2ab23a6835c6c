import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPlatforms, type Platform } from '../../src/model';

function read(name: string): { text: string; blocks: string[]; platform: Platform } {
  const text = readFileSync(join(__dirname, '../../docs', name), 'utf8');
  const blocks = [...text.matchAll(/```yaml\n([^]*?)```/g)].map(([, block]) => block ?? '');
  const [platform] = loadPlatforms({ name, text: blocks[0] ?? '' }).platforms;
  return { text, blocks, platform: platform! };
}

describe('docs/ingress.md', () => {
  const { blocks, platform } = read('ingress.md');

  it('begins with a platform whose way in is whole', () => {
    expect(platform.ingress).toMatchObject({
      way: { kind: 'gateway', securityPolicy: 'acme-office', iap: true },
      address: 'acme-web',
      tls: { kind: 'certificate-map', name: 'acme-web' },
    });
  });

  it('shows NGINX with a certificate of one’s own, as lines that are enough beside the rest', () => {
    const [own] = loadPlatforms({
      name: 'own',
      text: `version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
network: { addresses: { airflow-west: {} } }
airflow: { main: { host: airflow.data.example.com } }
${blocks[1] ?? ''}`,
    }).platforms;
    expect(own?.ingress).toMatchObject({
      way: { kind: 'nginx' },
      tls: { kind: 'secret', secret: 'airflow-tls' },
    });
    expect(own?.secrets.find(({ key }) => key === 'airflow-tls')?.values[0]?.secretId).toMatch(
      /^acme-airflow-tls--tls-crt-/,
    );
  });
});

it('docs/namespaces.md begins with a platform whose groups have rights in the namespaces', () => {
  const { platform } = read('namespaces.md');
  expect(platform.access.groups.map(({ kubernetes }) => kubernetes?.preset)).toEqual([
    'analyst',
    'developer',
    'engineer',
  ]);
  expect(platform.namespaces.find(({ name }) => name === 'testing')?.quota).toMatchObject({ pods: '40' });
});
