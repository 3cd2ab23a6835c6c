import { parseAllDocuments } from 'yaml';

/**
 * The objects in a file of Kubernetes manifests, as plain values.
 * @throws Error that says in which line the text is no YAML
 */
export function parseManifests(text: string): unknown[] {
  const documents = parseAllDocuments(text);
  return [...documents].flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw new Error(error.message.split('\n')[0] ?? error.code);
    const value: unknown = document.toJS();
    return value === null || value === undefined ? [] : [value];
  });
}
