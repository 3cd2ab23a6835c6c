import type { Plugin } from '../plugins/plugin';
import type { Project } from '../project/project';
import type { Finding } from './finding';

type Block = Readonly<Record<string, string | undefined>>;

/** Variables of the pod that an `env:` block of meltano.yml overrides, as Meltano has it. */
export function shadowedVariables(project: Project, plugins: readonly Plugin[]): Finding[] {
  const { environment } = project;
  const blocks: [string, string, Block][] = [
    ['environment', '`env:` of meltano.yml', project.env],
    ...(environment
      ? [
          ['environment', `\`env:\` of the environment ${environment.name}`, environment.env] as [
            string,
            string,
            Block,
          ],
        ]
      : []),
    ...plugins.flatMap((plugin): [string, string, Block][] => [
      [plugin.name, `\`env:\` of ${plugin.name}`, plugin.env],
      [
        plugin.name,
        `\`env:\` of ${plugin.name} in the environment ${environment?.name ?? ''}`,
        environment?.plugin(plugin.type, plugin.name).env ?? {},
      ],
    ]),
  ];
  return blocks.flatMap(([about, where, block]) =>
    Object.entries(block)
      .filter(([name, value]) => project.shell[name] !== undefined && project.shell[name] !== value)
      .map(([name]) => ({
        severity: 'warning' as const,
        about,
        message: `${name} is set outside, and ${where} overrides it`,
        fix: `Remove ${name} from \`env:\` where the outer value is to count.`,
      })),
  );
}
