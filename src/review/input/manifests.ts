import { YAMLException } from 'js-yaml';
import { type KubernetesObject, objectsOf } from '../kubernetes/object';
import { type Diagnostic, isTree } from '../types';
import { withoutText } from './parse-reason';
import { conflictIn, type TextDocument } from './texts';
import { readYaml } from './read-yaml';

/** The objects of a document, or what is wrong with it. */
export function parseManifest({ file, line, text }: TextDocument): {
  readonly objects: readonly KubernetesObject[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const conflict = conflictIn(file, text, line);
  if (conflict !== undefined) return { objects: [], diagnostics: [conflict] };
  try {
    const value = file.endsWith('.json') ? (JSON.parse(text) as unknown) : readYaml(text);
    const objects = objectsOf(value, file, line);
    return { objects, diagnostics: objects.length > 0 || isNothing(value) ? [] : [noObject(file, line)] };
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

/** A document of comments, an empty list, a template that rendered to nothing. */
function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (isTree(value) && Array.isArray(value.items) && value.items.length === 0)
  );
}

function noObject(file: string, line: number): Diagnostic {
  return {
    level: 'warning',
    file,
    line,
    message: 'this is no Kubernetes object: it has no apiVersion, kind or name; it is not reviewed',
  };
}
