import type { ConfigPath, Problem } from './problem';
import type { Config } from './schema';
import type { TaskEnvConfig } from './schema/pipelines-tasks';

/**
 * Finds numbers, true and false in environments of workloads that would arrive as another text than was typed: YAML
 * takes 1.10 for 1.1, and a variable is a text.
 * @param sourceOf the text of a value as it stands in the file
 */
export function findLostTexts(config: Config, sourceOf: (path: ConfigPath) => string | undefined): Problem[] {
  return environmentsOf(config).flatMap(([section, env]) =>
    Object.entries(env).flatMap(([name, value]) => {
      if (typeof value !== 'number' && typeof value !== 'boolean') return [];
      const path = [...section, name];
      const source = sourceOf(path);
      return source === undefined || source === String(value) ? [] : [lost(path, source, String(value))];
    }),
  );
}

/** Every environment of a workload, and where it stands. */
function environmentsOf(config: Config): [ConfigPath, TaskEnvConfig][] {
  const of = (section: 'airflow' | 'meltano' | 'pipelines') =>
    Object.entries<{ env: TaskEnvConfig }>(config[section]).map(
      ([key, { env }]): [ConfigPath, TaskEnvConfig] => [[section, key, 'env'], env],
    );
  return [
    ...of('airflow'),
    ...Object.entries(config.airflow).map(([key, { tasks }]): [ConfigPath, TaskEnvConfig] => [
      ['airflow', key, 'tasks', 'env'],
      tasks.env,
    ]),
    ...of('meltano'),
    ...of('pipelines'),
    ...Object.entries(config.pipelines).flatMap(([key, { tasks }]) =>
      Object.entries(tasks ?? {}).map(([task, { env }]): [ConfigPath, TaskEnvConfig] => [
        ['pipelines', key, 'tasks', task, 'env'],
        env,
      ]),
    ),
  ];
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
