import * as z from 'zod';
import { ConfigDocument, type LocatedProblem } from './document';

const lockSchema = z.strictObject({
  version: z.literal(1),
  images: z.record(
    z.string(),
    z.string().regex(/^sha256:[0-9a-f]{64}$/, 'sha256: and 64 hexadecimal digits'),
  ),
});

/** Reads `images.lock`: digests by image reference. */
export function parseImagesLock(
  file: string,
  text: string,
): { images: Record<string, string>; document: ConfigDocument; problems: LocatedProblem[] } {
  const document = new ConfigDocument(file, text);
  if (document.syntaxProblems.length > 0)
    return { images: {}, document, problems: [...document.syntaxProblems] };
  const parsed = lockSchema.safeParse(document.value);
  if (parsed.success) return { images: parsed.data.images, document, problems: [] };
  const problems = parsed.error.issues.map((issue) => ({
    problem: {
      path: issue.path as (string | number)[],
      message: 'this is no lock of images',
      allowed: issue.message,
      fix: 'write version: 1 and images: { REFERENCE: sha256:… }',
    },
    range: document.locate(issue.path as (string | number)[]),
  }));
  return { images: {}, document, problems };
}

/** The text of `images.lock`: sorted, and the same for the same digests. */
export function renderImagesLock(images: Readonly<Record<string, string>>): string {
  const names = Object.keys(images).sort((a, b) => (a < b ? -1 : 1));
  return [
    '# The digest of every image that the platform runs. Written by tapline images lock; commit it.',
    'version: 1',
    names.length === 0 ? 'images: {}' : 'images:',
    ...names.map((name) => `  ${JSON.stringify(name)}: ${String(images[name])}`),
    '',
  ].join('\n');
}
