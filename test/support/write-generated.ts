// Writes the Terraform and the manifests of generated configurations into folders: `OUT FIRST COUNT`; or of a file: `OUT
// FILE locked` with a digest for each of its images, `OUT FILE as-is` without. It is bundled and run by conformance/checkov.mjs.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { synthCharts } from '../../charts/synth';
import { loadPlatforms, type Platform } from '../../src/model';
import { readInput } from '../../src/output';
import { synthStacks } from '../../stacks';
import { arbitraryConfig } from './arbitrary-config';
import { fc } from './property';

const [out = '', first = '0', how = ''] = process.argv.slice(2);

function writeGenerated(from: number, many: number): void {
  const configurations = fc.sample(arbitraryConfig({ environments: { min: 0, max: 1 } }), {
    seed: 20261121,
    numRuns: from + many,
  });
  configurations.slice(from).forEach((config, index) => {
    const text = JSON.stringify(withoutOwnRisk(config));
    const folder = join(out, String(from + index).padStart(4, '0'));
    write(join(folder, 'platform.json'), text);
    writePlatforms(folder, load(text));
  });
}

function writePlatforms(folder: string, platforms: readonly Platform[]): void {
  for (const platform of platforms) {
    const own = join(folder, platform.environment ?? '');
    for (const file of synthStacks(platform).files) write(join(own, 'cdktf.out', file.path), file.content);
    for (const file of synthCharts(platform).files) write(join(own, 'dist', file.path), file.content);
  }
}

/** Settings that turn a protection off. */
const protections = new Set(['binaryAuthorization', 'deletionProtection', 'dnssec', 'flowLogs']);

/** Without what somebody asks for although a scanner advises against it: that finding is the answer to the question. */
function withoutOwnRisk(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOwnRisk);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([name, inner]) =>
          !(protections.has(name) && inner === false) && !String(inner).startsWith('POSTGRES_'),
      )
      .map(([name, inner]) => [name, withoutOwnRisk(inner)]),
  );
}

/** The platforms of a file, with all their images locked, as they are where they are deployed. */
function load(text: string): readonly Platform[] {
  const source = { name: 'platform.json', text };
  const images = [...new Set(loadPlatforms(source).platforms.flatMap(unlocked))];
  const digest = (image: string) => `sha256:${createHash('sha256').update(image).digest('hex')}`;
  return loadPlatforms(source, {
    imagesLock: {
      name: 'images.lock',
      text: JSON.stringify({
        version: 1,
        images: Object.fromEntries(images.map((image) => [image, digest(image)])),
      }),
    },
  }).platforms;
}

function unlocked(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('pinned' in value && 'reference' in value)
    return value.pinned === true ? [] : [String(value.reference)];
  return Object.values(value).flatMap(unlocked);
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

if (how === 'locked') writePlatforms(out, load(readFileSync(first, 'utf8')));
else if (how === 'as-is') writePlatforms(out, readInput(first).platforms);
else writeGenerated(Number(first), Number(how));
