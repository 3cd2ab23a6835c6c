import { Problem } from '../problem';
import { pythonText } from '../value/python-text';
import { type Dict, isDict } from '../value/value';

/** What an entry of these lists may hold; anything else is a mistake, which Meltano does not pass by either. */
const known = {
  environments: { required: ['name'], optional: ['config', 'env', 'state_id_suffix', 'annotations'] },
  jobs: { required: ['name', 'tasks'], optional: ['annotations'] },
} as const;

/** Refuses environments and jobs with a key that nobody knows, or without one that they need. */
export function checkKeys(contents: Dict, file: string): void {
  for (const [section, { required, optional }] of Object.entries(known)) {
    const keys: readonly string[] = [...required, ...optional];
    const entries = contents.get(section);
    for (const entry of Array.isArray(entries) ? entries.filter(isDict) : []) {
      const wrong = [...entry.keys()].find((key) => !keys.includes(key));
      const missing = required.find((key) => !entry.has(key));
      const name = pythonText(entry.get('name') ?? '');
      if (missing !== undefined) {
        throw new Problem(`${file}: ${section}: ${name || 'an entry'} has no ${missing}`, {
          fix: 'Write one.',
        });
      }
      if (wrong === undefined) continue;
      throw new Problem(`${file}: ${section}: ${name}: the key '${wrong}' is unknown`, {
        fix: `Known are ${keys.join(', ')}.`,
      });
    }
  }
}
