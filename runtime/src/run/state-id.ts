import { Problem } from '../problem';
import type { Project } from '../project/project';
import type { ExtractLoad } from './plan';

/** The id under which the state of a pipeline is kept: `dev:tap-x-to-target-y`, and a suffix where one is set. */
export function stateIdOf(project: Project, block: ExtractLoad, suffix: string | undefined): string {
  const tap = block.members[0]?.plugin.name ?? '';
  const target = block.members.at(-1)?.plugin.name ?? '';
  const own = suffix === undefined || suffix === '' ? project.environment?.stateIdSuffix : suffix;
  const parts = [project.environment?.name ?? '', `${tap}-to-${target}`, own ?? ''].filter(
    (part) => part !== '',
  );
  const wrong = parts.find((part) => part.includes(':'));
  if (wrong !== undefined) {
    throw new Problem(`'${wrong}' contains ':', which parts a state id`, { fix: 'Choose another suffix.' });
  }
  return parts.join(':');
}
