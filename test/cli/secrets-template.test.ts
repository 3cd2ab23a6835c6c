import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { secretsTemplate } from '../../src/cli/commands/secrets-template';
import { capture } from '../support/capture';

const folder = mkdtempSync(join(tmpdir(), 'tapline-template-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function platform(delivery: string): string {
  const file = join(folder, `${delivery}.yaml`);
  writeFileSync(
    file,
    `
version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
secretDelivery: ${delivery}
namespaces: { production: {}, testing: {}, idle: {} }
secrets: { taps: { keys: [token, pass.word], namespaces: [production, testing, idle] } }
meltano:
  one: { namespace: production, env: { T: { secret: taps/token } } }
  two: { namespace: testing, env: { T: { secret: taps/token } } }
`,
  );
  return file;
}

describe('tapline secrets template', () => {
  it('prints a Secret for each namespace that reads it, with every key and no value that Kubernetes would take', async () => {
    const { stdout } = await capture(() => {
      secretsTemplate({ file: platform('manual') });
    });
    const secrets = parseAllDocuments(stdout).map((document) => document.toJS());
    expect(secrets.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual([
      'production/taps',
      'testing/taps',
    ]);
    for (const { data } of secrets) {
      expect(Object.keys(data).sort()).toEqual(['pass.word', 'token']);
      for (const value of Object.values(data)) expect(value).not.toMatch(/^[A-Za-z0-9+/=\s]*$/);
    }
    expect(stdout).toContain('The same values as in idle, testing.');
  });

  it('fails where nobody fills in Secrets by hand', () => {
    expect(() => {
      secretsTemplate({ file: platform('addon') });
    }).toThrow('only with secretDelivery: manual');
  });
});
