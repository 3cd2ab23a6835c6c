import type { ConfigPath, Problem } from './problem';
import type { Config } from './schema';
import type { EnvConfig } from './schema/common';

/**
 * Finds numbers, true and false in environments of workloads that would arrive as another text than was typed: YAML
 * takes 1.10 for 1.1, and a variable is a text.
 * @param sourceOf the text of a value as it stands in the file
 */
export function findLostTexts(config: Config, sourceOf: (path: ConfigPath) => string | undefined): Problem[] {
  return (['airflow', 'meltano', 'pipelines'] as const).flatMap((section) =>
    Object.entries<{ env: EnvConfig }>(config[section]).flatMap(([key, { env }]) =>
      Object.entries(env).flatMap(([name, value]) => {
        if (typeof value !== 'number' && typeof value !== 'boolean') return [];
        const path = [section, key, 'env', name];
        const source = sourceOf(path);
        return source === undefined || source === String(value) ? [] : [lost(path, source, String(value))];
      }),
    ),
  );
}

function lost(path: ConfigPath, source: string, text: string): Problem {
  return {
    path,
    message: 'the variable would not have the value that is written here',
    found: `${source}, which YAML reads as ${text}`,
    allowed: 'a text, or a number that stays the same as a text',
    fix: `quote it: "${source}"`,
  };
}
