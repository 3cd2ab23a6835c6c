import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { imagesCheck } from '../../src/cli/commands/images-check';
import { imagesList } from '../../src/cli/commands/images-list';
import { imagesLock } from '../../src/cli/commands/images-lock';
import { validate } from '../../src/cli/commands/validate';
import { renderImagesLock } from '../../src/config';
import { digestOf, index, type StandIn, startStandIn } from '../registry/stand-in';
import { capture } from '../support/capture';
import { temporaryFolder } from '../support/temporary';

const folder = temporaryFolder();
const quick = { firstWaitMs: 5, longestWaitMs: 20, retries: 1 };
const older = `sha256:${'a'.repeat(64)}`;
let registry: StandIn;
let config: string;
let lock: string;

beforeEach(async () => {
  // No login of whoever runs the tests may get in.
  process.env.DOCKER_CONFIG = folder.path;
  registry = await startStandIn({ images: { 'elt/a:1.0.0': index, 'elt/b:2.0.0': { content: '{"b":1}' } } });
  config = join(folder.path, 'platform.yaml');
  lock = join(folder.path, 'images.lock');
  writeFileSync(
    config,
    `version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
meltano:
  b:
    image: ${registry.host}/elt/b:2.0.0
  a:
    image: ${registry.host}/elt/a:1.0.0
  fixed: { image: "gcr.io/x/y@${older}" }
environments:
  production: {}
  testing: { meltano: { b: null } }
`,
  );
});
afterEach(async () => {
  delete process.env.DOCKER_CONFIG;
  await registry.close();
});

const expected = () =>
  renderImagesLock({
    [`${registry.host}/elt/a:1.0.0`]: digestOf(index.content),
    [`${registry.host}/elt/b:2.0.0`]: digestOf('{"b":1}'),
  });

describe('tapline images lock', () => {
  it('writes the digests of all environments, sorted, and the configuration is then pinned', async () => {
    const { stderr, exitCode } = await capture(() => imagesLock({ file: config }, quick));
    expect(exitCode).toBeUndefined();
    expect(stderr).toMatch(/images\.lock holds 2 images\./);
    expect(readFileSync(lock, 'utf8')).toBe(expected());
    expect(readdirSync(folder.path).sort()).toEqual(['images.lock', 'platform.yaml']);
    const { stdout } = await capture(() => {
      imagesList({ file: config });
    });
    expect(stdout.match(/@sha256:/g)).toHaveLength(3);
  });

  it('writes the same bytes again', async () => {
    await capture(() => imagesLock({ file: config }, quick));
    const { stderr, stdout } = await capture(() => imagesLock({ file: config, json: true }, quick));
    expect(stderr).toMatch(/, as before/);
    expect(readFileSync(lock, 'utf8')).toBe(expected());
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, changed: [], removed: [] });
  });

  it('writes nothing where one image has no digest, and says which, for which line, and what to do', async () => {
    writeFileSync(lock, renderImagesLock({ [`${registry.host}/elt/a:1.0.0`]: older }));
    const before = readFileSync(lock, 'utf8');
    delete registry.behaviour.images['elt/b:2.0.0'];
    const { stderr, exitCode } = await capture(() => imagesLock({ file: config }, quick));
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/has no elt\/b:2\.0\.0\n {2}for .*platform\.yaml:6\n {2}fix {6}push the image/);
    expect(stderr).toMatch(/1 image without a digest; images\.lock was not written\./);
    expect(readFileSync(lock, 'utf8')).toBe(before);
  });

  it('leaves with --keep what is there, drops what nothing runs, and asks for the rest alone', async () => {
    writeFileSync(
      lock,
      renderImagesLock({ [`${registry.host}/elt/a:1.0.0`]: older, 'gcr.io/gone/image:1': older }),
    );
    const { stderr } = await capture(() => imagesLock({ file: config, keep: true }, quick));
    expect(readFileSync(lock, 'utf8')).toBe(
      renderImagesLock({
        [`${registry.host}/elt/a:1.0.0`]: older,
        [`${registry.host}/elt/b:2.0.0`]: digestOf('{"b":1}'),
      }),
    );
    expect(stderr).toMatch(/gcr\.io\/gone\/image:1 is not used any more/);
    expect(registry.asked.some((line) => line.includes('/elt/a/'))).toBe(false);
  });

  it('makes a lock again that a merge has broken; with --keep it fails at the line', async () => {
    writeFileSync(lock, '<<<<<<< HEAD\nversion: 1\n=======\n');
    await expect(imagesLock({ file: config, keep: true }, quick)).rejects.toThrow(/images\.lock/);
    await capture(() => imagesLock({ file: config }, quick));
    expect(readFileSync(lock, 'utf8')).toBe(expected());
  });
});

describe('tapline images check', () => {
  it('is content with a fresh lock', async () => {
    await capture(() => imagesLock({ file: config }, quick));
    const { stderr, exitCode } = await capture(() => imagesCheck({ file: config }, quick));
    expect(stderr).toMatch(/images\.lock is right about 2 images\./);
    expect(exitCode).toBeUndefined();
  });

  it('fails with 3 where a tag has moved, an image is missing, or nothing runs one', async () => {
    writeFileSync(
      lock,
      renderImagesLock({ [`${registry.host}/elt/a:1.0.0`]: older, 'gcr.io/gone/image:1': older }),
    );
    const { stdout, stderr, exitCode } = await capture(() =>
      imagesCheck({ file: config, json: true }, quick),
    );
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      fresh: false,
      stale: [
        { name: `${registry.host}/elt/b:2.0.0`, why: 'missing' },
        { name: 'gcr.io/gone/image:1', why: 'unused' },
        { name: `${registry.host}/elt/a:1.0.0`, why: 'moved' },
      ],
    });
    expect(stderr).toMatch(/Mend it by: tapline images lock --file/);
  });

  it('asks nobody with --offline', async () => {
    const { exitCode } = await capture(() => imagesCheck({ file: config, offline: true }, quick));
    expect(exitCode).toBe(3);
    expect(registry.asked).toEqual([]);
  });

  it('fails with 1, not 3, where a registry does not answer', async () => {
    await capture(() => imagesLock({ file: config }, quick));
    await registry.close();
    const { exitCode, stderr } = await capture(() => imagesCheck({ file: config }, quick));
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/cannot be reached/);
  });
});

describe('a lock beside the configuration', () => {
  it('fails the configuration at the line of an image that it lacks', () => {
    writeFileSync(lock, renderImagesLock({ [`${registry.host}/elt/a:1.0.0`]: older }));
    const refused = () => {
      validate({ file: config });
    };
    expect(refused).toThrow(
      /platform\.yaml:6:12 error .*images\.lock has no digest for the image .*\/elt\/b:2\.0\.0/,
    );
    expect(refused).toThrow(/fix {6}run tapline images lock/);
  });

  it('lets everything pass that has a digest of its own, and everything where there is none', async () => {
    expect(existsSync(lock)).toBe(false);
    const { exitCode } = await capture(() => {
      validate({ file: config });
    });
    expect(exitCode).toBeUndefined();
  });
});
