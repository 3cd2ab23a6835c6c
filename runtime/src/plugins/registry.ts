import { existsSync, readFileSync } from 'node:fs';
import { Problem } from '../problem';
import { JsonError, parseJson } from '../value/json-parse';
import { type Dict, isDict, isTruthy, type Value } from '../value/value';
import type { Definition } from './definition';
import { customDefinition, isCustom, parseDefinition, parsePlugin } from './parse';
import { type OwnParts, Plugin } from './plugin';
import { type PluginType, pluginTypes, singular } from './types';

/** The plugins of a project, found by their names; a mapper also by the names of its mappings. */
export class Plugins {
  private readonly own: readonly OwnParts[];
  private readonly made = new Map<OwnParts, Plugin>();

  constructor(
    private readonly root: string,
    from: Value | undefined,
    where: string,
  ) {
    const parsed: OwnParts[] = [];
    if (isTruthy(from) && !isDict(from)) throw new Problem(`${where}: plugins is no map of kinds`);
    for (const [kind, plugins] of isDict(from) ? from : []) {
      const type = pluginTypes.find((known) => known === kind);
      if (!type) {
        throw new Problem(
          `${where}: plugins has the kind '${kind}', expected one of ${pluginTypes.join(', ')}`,
        );
      }
      if (!isTruthy(plugins)) continue;
      if (!Array.isArray(plugins))
        throw new Problem(`${where}: plugins.${kind} is no list`, { fix: 'Write `- name: …`.' });
      for (const raw of plugins) parsed.push(...withMappings(parsePlugin(type, raw, where), raw));
    }
    this.own = pluginTypes.flatMap((type) => parsed.filter((one) => one.type === type));
  }

  /** Every plugin by its own name; mappings are not among them. */
  all(): Plugin[] {
    return this.own.filter((one) => mappingOf(one) === undefined).map((one) => this.make(one));
  }

  /** The plugin of a name, or the mapper with a mapping of that name. */
  find(name: string, type?: PluginType): Plugin | undefined {
    for (const one of this.own) {
      if (one.name === name && (type === undefined || one.type === type)) return this.make(one);
      if (mappingOf(one) === name) {
        if (this.own.filter((other) => mappingOf(other) === name).length > 1) {
          throw new Problem(`the mapping '${name}' is there more than once`, { fix: 'Rename one of them.' });
        }
        return this.make(one);
      }
    }
    return undefined;
  }

  private make(own: OwnParts, heirs: readonly string[] = []): Plugin {
    const before = this.made.get(own);
    if (before) return before;
    if (heirs.includes(own.name)) {
      throw new Problem(
        `${own.where}: ${own.name} inherits from itself: ${[...heirs, own.name].join(' → ')}`,
      );
    }
    const plugin = new Plugin(own, this.parentOf(own, [...heirs, own.name]));
    this.made.set(own, plugin);
    return plugin;
  }

  private parentOf(own: OwnParts, heirs: readonly string[]): Plugin | Definition {
    if (isCustom(own)) return customDefinition(own);
    if (own.inheritFrom !== undefined && own.variant === undefined) {
      const parent = this.own.find((one) => one.type === own.type && one.name === own.inheritFrom);
      if (parent) return this.make(parent, heirs);
    }
    return this.locked(own);
  }

  private locked(own: OwnParts): Definition {
    const name = own.inheritFrom ?? own.name;
    const file = `${this.root}/plugins/${own.type}/${name}--${own.variant ?? 'default'}.lock`;
    if (!existsSync(file)) {
      throw new Problem(`the ${singular(own.type)} '${own.name}' has no definition: ${file} is missing`, {
        fix: `Run \`meltano lock\` and commit the file, or say what it is with namespace and executable.`,
      });
    }
    return parseDefinition(own.type, readLock(file), file);
  }
}

/** The name of the mapping that this is. */
export function mappingOf(own: OwnParts): string | undefined {
  const name =
    own.type === 'mappers' && own.extras.get('mapping') === true ? own.extras.get('mapping_name') : undefined;
  return typeof name === 'string' ? name : undefined;
}

function withMappings(own: OwnParts, raw: Value): OwnParts[] {
  const mappings = isDict(raw) && own.type === 'mappers' ? raw.get('mappings') : undefined;
  if (!Array.isArray(mappings)) return [own];
  const plugins = mappings.filter(isDict).map((mapping) => {
    const config = mapping.get('config');
    return {
      ...own,
      config: isDict(config) ? config : (new Map() as Dict),
      extras: new Map([...own.extras, ['mapping', true], ['mapping_name', mapping.get('name') ?? null]]),
    };
  });
  return [own, ...plugins];
}

function readLock(file: string): Dict {
  try {
    const value = parseJson(readFileSync(file, 'utf8'));
    if (isDict(value)) return value;
  } catch (error) {
    if (error instanceof JsonError)
      throw new Problem(`${file}: ${error.message}`, { fix: 'Write it anew with `meltano lock --update`.' });
    throw error;
  }
  throw new Problem(`${file} is no JSON object`, { fix: 'Write it anew with `meltano lock --update`.' });
}
