import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadPlatforms, type Platform } from '../../src/model';

function read(name: string): { text: string; blocks: string[]; platform: Platform } {
  const text = readFileSync(join(__dirname, '../../docs', name), 'utf8');
  const blocks = [...text.matchAll(/```yaml\n([^]*?)```/g)].map(([, block]) => block ?? '');
  const [platform] = loadPlatforms({ name, text: blocks[0] ?? '' }).platforms;
  return { text, blocks, platform: platform! };
}

describe('docs/ci-deploy.md', () => {
  const { text, blocks, platform } = read('ci-deploy.md');
  const { access, identities, projectNumber } = platform;
  const pool = `projects/${projectNumber ?? '?'}/locations/global/workloadIdentityPools/${access.ci?.poolId ?? '?'}`;

  it('names the pool, the providers and the account as they are computed', () => {
    const account = identities.find(({ key }) => key === access.ci?.identity);
    expect(
      new Set(text.match(/\S+@\S+?\.iam\.gserviceaccount\.com/g)?.map((one) => one.replace(/^.*[`/]/, ''))),
    ).toEqual(new Set([account?.email]));
    expect(new Set(text.match(/projects\/\d+\/locations\/[\w/-]+/g))).toEqual(
      new Set(access.ci?.providers.map(({ providerId }) => `${pool}/providers/${providerId}`)),
    );
  });

  it('shows workflows that are YAML, ask for a token, and hold no secret', () => {
    const [, github, gitlab] = blocks;
    expect(parse(github ?? '')).toMatchObject({
      permissions: { 'id-token': 'write' },
      jobs: { deploy: { environment: 'production' } },
    });
    expect(parse(gitlab ?? '')).toMatchObject({
      deploy: { id_tokens: { GOOGLE_TOKEN: { aud: `https://iam.googleapis.com/${pool}/providers/gitlab` } } },
    });
    expect(`${github ?? ''}${gitlab ?? ''}`).not.toMatch(/secrets\.|credentials_json|private_key/);
  });

  it('deploys in a job that the condition accepts', () => {
    const [, github] = blocks;
    const workflow = parse(github ?? '') as { jobs: { deploy: { environment: string } } };
    expect(access.ci?.providers.find(({ key }) => key === 'github')?.attributeCondition).toContain(
      `"${workflow.jobs.deploy.environment}"`,
    );
  });
});

it('docs/certificates.md names zone, certificates and authorizations as they are computed', () => {
  const { text, platform } = read('certificates.md');
  const { zones, certificates } = platform.edge;
  for (const name of [
    ...zones.map((zone) => `managed-zones describe ${zone.name} `),
    ...certificates.flatMap(({ key, name, authorizations }) =>
      key === 'web'
        ? [`certificates describe ${name} `]
        : authorizations.map((one) => `dns-authorizations describe ${one.name} `),
    ),
  ]) {
    expect(text).toContain(name);
  }
});
