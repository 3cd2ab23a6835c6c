import { boolYaml11Tag, CORE_SCHEMA, intYaml11Tag, load, mergeTag, YAMLException } from 'js-yaml';
import { type KubernetesObject, objectsOf } from '../kubernetes/object';
import type { Diagnostic } from '../types';
import { withoutText } from './parse-reason';
import { conflictIn, type TextDocument } from './texts';

/** YAML as kubectl reads it: `yes` and `0644` are what they were in YAML 1.1. */
const schema = CORE_SCHEMA.withTags(boolYaml11Tag, intYaml11Tag, mergeTag);

/** The objects of a document, or what is wrong with it. */
export function parseManifest({ file, line, text }: TextDocument): {
  readonly objects: readonly KubernetesObject[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const conflict = conflictIn(file, text, line);
  if (conflict !== undefined) return { objects: [], diagnostics: [conflict] };
  try {
    const value = file.endsWith('.json') ? (JSON.parse(text) as unknown) : load(text, { schema });
    return { objects: objectsOf(value, file, line), diagnostics: [] };
  } catch (error) {
    const mark = error instanceof YAMLException ? error.mark?.line : undefined;
    const reason = withoutText(error instanceof YAMLException ? error.reason : (error as Error).message);
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
