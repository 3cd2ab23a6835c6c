import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, readEntry, readInput, selectPlatforms } from '../../src/output';
import { temporaryFolder } from '../support/temporary';

const folder = temporaryFolder();
const minimal = 'version: 1\nname: acme\ngoogle: { project: acme-data, region: europe-west1 }\n';

function write(text: string): string {
  const path = join(folder.path, 'platform.yaml');
  writeFileSync(path, text);
  return path;
}

describe('readInput', () => {
  test('fails with the way to name another file where there is none', () => {
    expect(() => readInput(join(folder.path, 'missing.yaml'))).toThrow(
      /There is no .*missing\.yaml\. Name your configuration with --file, or TAPLINE_CONFIG\./,
    );
  });

  test('fails for a folder and names the file that may be meant', () => {
    expect(() => readInput(folder.path)).toThrow(
      /is a folder\. Name the file in it, for example .*platform\.yaml/,
    );
  });

  test('fails where the folder of a Meltano project holds no project, at its line', () => {
    expect(() => readInput(write(`${minimal}meltano:\n  elt: { project: ./missing }\n`))).toThrow(
      /platform\.yaml:5:19 error meltano\.elt\.project: there is no meltano\.yml in this folder/,
    );
  });

  test('reads the digests of images.lock beside the file', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    writeFileSync(
      join(folder.path, 'images.lock'),
      `version: 1\nimages:\n  docker.io/acme/elt:1.0.0: ${digest}\n`,
    );
    const file = write(`${minimal}meltano: { elt: { image: "docker.io/acme/elt:1.0.0" } }\n`);
    const [platform] = readInput(file).platforms;
    expect(platform?.meltano[0]?.image).toMatchObject({
      reference: `docker.io/acme/elt:1.0.0@${digest}`,
      pinned: true,
    });
    expect(readInput(file, { locked: false }).platforms[0]?.meltano[0]?.image.pinned).toBe(false);
  });

  test('fails for an images.lock that holds something else than digests, at its line', () => {
    writeFileSync(join(folder.path, 'images.lock'), 'version: 1\nimages:\n  a:1: latest\n');
    expect(() => readInput(write(minimal))).toThrow(
      /images\.lock:3:8 error images\["a:1"\]: this is no lock of images/,
    );
  });
});

describe('the environment', () => {
  const text = `${minimal}environments: { staging: {}, production: { production: true } }\n`;

  test('is chosen by its name', () => {
    const input = readInput(write(text));
    expect(selectPlatforms(input, 'staging').map((platform) => platform.prefix)).toEqual(['acme-staging']);
    expect(selectPlatforms(input, undefined)).toHaveLength(2);
  });

  test('fails with those there are where it is unknown', () => {
    expect(() => selectPlatforms(readInput(write(text)), 'prod')).toThrow(
      /has no environment 'prod'\. It has production, staging\./,
    );
    expect(() => selectPlatforms(readInput(write(minimal)), 'prod')).toThrow(/declares no environments/);
  });

  test('must be named for the stock tools, which take one', () => {
    const file = write(text);
    expect(() => readEntry({ TAPLINE_CONFIG: file }, 'unused')).toThrow(InputError);
    expect(() => readEntry({ TAPLINE_CONFIG: file }, 'unused')).toThrow(
      /name one by TAPLINE_ENVIRONMENT: production, staging\./,
    );
    const { platform } = readEntry({ TAPLINE_CONFIG: file, TAPLINE_ENVIRONMENT: 'staging' }, 'unused');
    expect(platform.environment).toBe('staging');
  });
});
