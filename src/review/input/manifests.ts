import {
  boolYaml11Tag,
  CORE_SCHEMA,
  intYaml11Tag,
  loadAll,
  mergeTag,
  NOT_RESOLVED,
  YAMLException,
} from 'js-yaml';
import { type KubernetesObject, objectsOf } from '../kubernetes/object';
import type { Diagnostic } from '../types';
import { conflictIn, type TextDocument } from './texts';

/** As Go reads whole numbers: 0644 and 0o644 are octal, and 1:30 is a text. */
const wholeNumbers: typeof intYaml11Tag = {
  ...intYaml11Tag,
  resolve: (source, isExplicit, tagName) => {
    if (source.includes(':')) return NOT_RESOLVED;
    const [, sign = '', digits] = /^([+-]?)0o([0-7_]+)$/.exec(source) ?? [];
    return digits === undefined
      ? intYaml11Tag.resolve(source, isExplicit, tagName)
      : Number.parseInt(`${sign}${digits.replaceAll('_', '')}`, 8);
  },
};

/** YAML as kubectl reads it: `yes` and `0644` are what they were in YAML 1.1. */
const schema = CORE_SCHEMA.withTags(boolYaml11Tag, wholeNumbers, mergeTag);

/** The objects of a document, or what is wrong with it. */
export function parseManifest({ file, line, text }: TextDocument): {
  readonly objects: readonly KubernetesObject[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const conflict = conflictIn(file, text, line);
  if (conflict !== undefined) return { objects: [], diagnostics: [conflict] };
  try {
    // A document of nothing but comments is none.
    const [value] = file.endsWith('.json') ? [JSON.parse(text) as unknown] : loadAll(text, { schema });
    return { objects: objectsOf(value, file, line), diagnostics: [] };
  } catch (error) {
    const mark = error instanceof YAMLException ? error.mark?.line : undefined;
    const reason = error instanceof YAMLException ? error.reason : (error as Error).message;
    return {
      objects: [],
      diagnostics: [
        {
          level: 'error',
          file,
          line: line + (mark ?? 0),
          message: `this is not ${file.endsWith('.json') ? 'JSON' : 'YAML'} (${reason}); this document is not reviewed`,
        },
      ],
    };
  }
}
