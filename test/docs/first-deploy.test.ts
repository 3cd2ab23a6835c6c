import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthCharts } from '../../charts/synth';
import { loadPlatforms, type Platform } from '../../src/model';
import { synthStacks } from '../../stacks';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/first-deploy.md'), 'utf8');
const example = readFileSync(join(root, 'examples/minimal/platform.yaml'), 'utf8');

const load = (text: string): Platform => loadPlatforms({ name: 'platform.yaml', text }).platforms[0]!;
const platform = load(example);
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text);
const commands = blocks('sh').flatMap((text) => text.trim().split('\n'));

/** What a pattern's group finds in the commands, once each. */
const named = (pattern: RegExp): string[] => [
  ...new Set(commands.flatMap((line) => [...line.matchAll(pattern)].map(([, name = '']) => name))),
];

const objects = new Set(
  synthCharts(platform).sources.map(({ address }) => address.split('/').slice(-3).join('/').toLowerCase()),
);
const stacks = JSON.parse(
  synthStacks(platform).files.find(({ path }) => path === 'manifest.json')!.content,
) as { stacks: Record<string, { dependencies: string[] }> };

describe('the guide to the first deployment', () => {
  it('names the project, and no other', () => {
    expect(named(/--project (\S+)/g)).toEqual([platform.project]);
    expect(named(/gcloud projects (?:create|delete) (\S+)/g)).toEqual([platform.project]);
  });

  it('applies and destroys every stack, each after those that it needs', () => {
    const order = (verb: string) =>
      commands.flatMap((line) => new RegExp(`stacks/(\\w+) ${verb}$`).exec(line)?.[1] ?? []);
    const applied = order('apply').slice(0, Object.keys(stacks.stacks).length);
    expect([...applied].sort()).toEqual(Object.keys(stacks.stacks).sort());
    expect(order('init')).toEqual(applied);
    const kept = ['bootstrap'];
    const destroyed = order('destroy');
    expect([...destroyed, ...kept].sort()).toEqual(Object.keys(stacks.stacks).sort());
    for (const [stack, { dependencies }] of Object.entries(stacks.stacks)) {
      for (const needed of dependencies) {
        expect(applied.indexOf(needed)).toBeLessThan(applied.indexOf(stack));
        if (!kept.includes(needed))
          expect(destroyed.indexOf(needed)).toBeGreaterThan(destroyed.indexOf(stack));
      }
    }
  });

  it('names the bucket of the state, its file and its address', () => {
    expect(page).toContain(`gs://${platform.stateBucket.name}\``);
    expect(named(/import google_storage_bucket\.tfstate (\S+)/g)).toEqual([
      `${platform.project}/${platform.stateBucket.name}`,
    ]);
    const bootstrap = synthStacks(platform).files.find(
      ({ path }) => path === 'stacks/bootstrap/cdk.tf.json',
    )!.content;
    expect(bootstrap).toContain(`"path": "../../../${platform.prefix}.bootstrap.tfstate"`);
    expect(page).toContain(`acme/${platform.prefix}.bootstrap.tfstate`);
  });

  it('empties every bucket that Terraform could not destroy', () => {
    expect(named(/gs:\/\/([^/']+)\/\*\*/g).sort()).toEqual(platform.buckets.map(({ name }) => name).sort());
  });

  it('builds and pushes the image that the pods pull', () => {
    expect(named(/(?:--tag|push) (\S+)/g)).toEqual(platform.meltano.map(({ image }) => image.reference));
    expect(named(/configure-docker (\S+)/g)).toEqual([`${platform.region}-docker.pkg.dev`]);
  });

  it('puts the value where the secret is that its lines declare', () => {
    const [secrets] = blocks('yaml').filter((text) => text.includes('secrets:'));
    const [declared] = load(`${example}${secrets ?? ''}`).secrets.filter(
      ({ key }) => !key.startsWith('tapline-'),
    );
    expect(named(/versions add (\S+)/g)).toEqual(declared?.values.map(({ secretId }) => secretId));
  });

  it('reaches the cluster by its DNS endpoint', () => {
    const [cluster] = platform.clusters;
    expect(named(/get-credentials (.*)/g)).toEqual([
      `${cluster?.name ?? ''} --location ${cluster?.location ?? ''} --project ${platform.project} --dns-endpoint`,
    ]);
  });

  it('asks only for objects that are in the manifests', () => {
    expect(named(/--namespace (\S+)/g)).toEqual(platform.namespaces.map(({ name }) => name));
    const asked = named(/((?:deployment|service|cronjob)\/[\w-]+)/g);
    expect(asked.length).toBeGreaterThanOrEqual(3);
    for (const object of asked) {
      const [kind, name] = object.split('/');
      expect([...objects]).toContain(`${kind ?? ''}/${platform.namespaces[0]?.name ?? ''}/${name ?? ''}`);
    }
    expect([...objects].join(' ')).toContain(`job/acme/bootstrap-main-`);
  });

  it('takes the protection from everything that has it', () => {
    const [lines] = blocks('yaml').filter((text) => text.includes('deletionProtection'));
    const unprotected = load(`${example}${lines ?? ''}`);
    expect([...unprotected.clusters, ...unprotected.databases].map((one) => one.deletionProtection)).toEqual([
      false,
      false,
    ]);
  });
});
