import type { Plugin } from '../plugins/plugin';
import { isSinger, singular } from '../plugins/types';
import { Problem } from '../problem';
import type { Project } from '../project/project';
import { PluginSettings } from '../settings/plugin-settings';

/** A tap, its mappers and its target, with the settings that each sees. */
export interface ExtractLoad {
  readonly kind: 'extract_load';
  readonly members: readonly PluginSettings[];
}

/** A command of a plugin. */
export interface PluginCommand {
  readonly kind: 'command';
  readonly settings: PluginSettings;
  /** Undefined for the executable without arguments. */
  readonly command: string | undefined;
}

/** One step of a run. */
export type Block = ExtractLoad | PluginCommand;

interface Task {
  readonly text: string;
  readonly plugin: Plugin;
  readonly command: string | undefined;
}

/**
 * What a run does, from the tasks that `meltano run` takes.
 *
 * Everything is looked up before the first process starts, so that a mistake at the end costs nothing.
 */
export function planRun(project: Project, names: readonly string[]): Block[] {
  const tasks = names.flatMap((name) => project.job(name) ?? [name]).map((text) => findTask(project, text));
  const blocks: Block[] = [];
  let at = 0;
  while (at < tasks.length) {
    const task = tasks[at];
    if (!task) break;
    if (!isSinger(task.plugin.type)) {
      blocks.push({
        kind: 'command',
        settings: new PluginSettings(project, task.plugin),
        command: task.command,
      });
      at += 1;
    } else {
      const group = groupFrom(tasks.slice(at));
      blocks.push({ kind: 'extract_load', members: settle(project, group) });
      at += group.length;
    }
  }
  return blocks;
}

function findTask(project: Project, text: string): Task {
  const parts = text.split(':');
  const [name = '', command] = parts.length === 2 ? parts : [text];
  const plugin = project.plugins.find(name);
  if (!plugin) {
    throw new Problem(`there is no plugin, mapping or job '${text}' in ${project.root}/meltano.yml`, {
      fix: nearest(project, name),
    });
  }
  if (project.job(text)) {
    throw new Problem(`'${text}' is a job and a plugin`, {
      fix: 'Rename one of them, or leave the job out of its own tasks.',
    });
  }
  return { text, plugin, command: command === '' ? undefined : command };
}

function nearest(project: Project, name: string): string {
  const names = project.plugins.all().map((plugin) => plugin.name);
  const close = names.filter((one) => one.includes(name) || name.includes(one));
  return `There ${names.length === 1 ? 'is' : 'are'} ${(close.length > 0 ? close : names).join(', ') || 'no plugins'}.`;
}

/** The tap at the beginning with what follows up to its target. */
function groupFrom(tasks: readonly Task[]): Task[] {
  const [tap, ...rest] = tasks;
  if (tap?.plugin.type !== 'extractors') {
    const what = tap ? singular(tap.plugin.type) : 'nothing';
    throw new Problem(`the ${what} '${tap?.text ?? ''}' has no extractor before it`, {
      fix: 'Write the tap first.',
    });
  }
  const group = [tap];
  for (const task of rest) {
    const { type, name } = task.plugin;
    if (type !== 'mappers' && type !== 'loaders') {
      throw new Problem(`the ${singular(type)} '${task.text}' stands between '${tap.text}' and its loader`, {
        fix: 'Write the target behind the tap and its mappings.',
      });
    }
    group.push(task);
    if (type === 'loaders') return group;
    if (task.text === name) {
      throw new Problem(`'${name}' is a mapper, and one of its mappings has to be named`, {
        fix: 'Name an entry of its `mappings`.',
      });
    }
  }
  throw new Problem(`the extractor '${tap.text}' has no loader behind it`, {
    fix: 'Write a target behind it.',
  });
}

/** The settings of a group; each sees what those before it have. */
function settle(project: Project, group: readonly Task[]): PluginSettings[] {
  let before: Record<string, string> = {};
  return group.map(({ plugin }) => {
    const settings = new PluginSettings(project, plugin, before);
    before = { ...before, ...plugin.about, ...settings.asVariables() };
    return settings;
  });
}
