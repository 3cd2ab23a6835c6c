import { parseEnv } from '../plugins/parse';
import { type PluginType, pluginTypes } from '../plugins/types';
import { Problem } from '../problem';
import { pythonText } from '../value/python-text';
import { type Dict, isDict, isTruthy, type Value } from '../value/value';

/** What an environment says of a plugin. */
export interface EnvironmentPlugin {
  /** Its configuration, extras with `_` in front. */
  readonly config: Dict;
  readonly env: Readonly<Record<string, string>>;
}

/** An environment of meltano.yml: `dev`, `production`. */
export class Environment {
  /** A suffix of every state id; references in it are filled in when the first plugin is set up. */
  stateIdSuffix: string | undefined;

  private constructor(
    readonly name: string,
    readonly env: Readonly<Record<string, string>>,
    stateIdSuffix: string | undefined,
    private readonly plugins: ReadonlyMap<string, EnvironmentPlugin>,
  ) {
    this.stateIdSuffix = stateIdSuffix;
  }

  /** Reads the environment of a name; the others are not looked at closely. */
  static find(environments: Value | undefined, name: string, where: string): Environment {
    const list = Array.isArray(environments) ? environments.filter(isDict) : [];
    const names = list.map((one) => nameOf(one));
    const found = list[names.indexOf(name)];
    if (!found) {
      throw new Problem(
        `there is no environment '${name}' in ${where}${names.length > 0 ? `; there are ${names.join(', ')}` : ''}`,
        {
          fix: 'Choose one with --environment.',
        },
      );
    }
    if (name.includes(':'))
      throw new Problem(`${where}: the environment name '${name}' contains ':'`, { fix: 'Rename it.' });
    const suffix = found.get('state_id_suffix');
    const env = parseEnv(found.get('env'), `${where}: environment ${name}: env`);
    return new Environment(
      name,
      env,
      typeof suffix === 'string' ? suffix : undefined,
      readPlugins(found, where, name),
    );
  }

  /** What it says of a plugin; an empty entry where it says nothing. */
  plugin(type: PluginType, name: string): EnvironmentPlugin {
    return this.plugins.get(`${type} ${name}`) ?? { config: new Map(), env: {} };
  }
}

function nameOf(one: Dict): string {
  return pythonText(one.get('name') ?? '');
}

function readPlugins(environment: Dict, where: string, name: string): Map<string, EnvironmentPlugin> {
  const result = new Map<string, EnvironmentPlugin>();
  const config = environment.get('config');
  const kinds = isDict(config) ? config.get('plugins') : undefined;
  for (const [kind, plugins] of isDict(kinds) ? kinds : []) {
    if (!pluginTypes.some((type) => type === kind)) {
      throw new Problem(
        `${where}: environment ${name} has the kind '${kind}', expected one of ${pluginTypes.join(', ')}`,
      );
    }
    for (const plugin of Array.isArray(plugins) ? plugins.filter(isDict) : []) {
      const key = `${kind} ${nameOf(plugin)}`;
      if (result.has(key)) continue;
      const own = plugin.get('config');
      const known = ['name', 'config', 'env', 'annotations'];
      const extras = [...plugin].filter(([k]) => !known.includes(k)).map(([k, v]) => [`_${k}`, v] as const);
      const env = parseEnv(plugin.get('env'), `${where}: environment ${name}: ${nameOf(plugin)}: env`);
      result.set(key, { config: new Map([...(isTruthy(own) && isDict(own) ? own : []), ...extras]), env });
    }
  }
  return result;
}
