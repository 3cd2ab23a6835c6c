import { backupsOff } from './backups-off';
import type { Concern, Edit } from './concern';
import { protectionOff } from './protection-off';
import { versionLowered } from './version-lowered';

const concerns: readonly Concern[] = [versionLowered, backupsOff, protectionOff];

/** What is to be said of the updates of a resource, the worst first. */
export function concernsOf(type: string, edits: readonly Edit[]): readonly Concern[] {
  return concerns.filter((concern) => concern.types.test(type) && edits.some((edit) => concern.holds(edit)));
}
