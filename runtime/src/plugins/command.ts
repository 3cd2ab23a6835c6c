import { Problem } from '../problem';
import { expandText, type Variables } from '../settings/expand';
import { isDict, type Value } from '../value/value';
import { splitWords } from './words';

/** A command of a plugin: `run tap-x dbt:build`. */
export interface Command {
  readonly args: string;
  readonly executable: string | undefined;
  readonly description: string | undefined;
  /** Whether it asks for a container of its own. */
  readonly container: boolean;
}

/** Reads the `commands:` of a plugin: a text is the arguments. */
export function parseCommands(from: Value | undefined, of: string): Map<string, Command> {
  const result = new Map<string, Command>();
  if (from === undefined || from === null) return result;
  if (!isDict(from))
    throw new Problem(`${of}: commands is no map`, { fix: 'Write `name: arguments` below it.' });
  for (const [name, command] of from) {
    const parts = isDict(command) ? command : new Map<string, Value>([['args', command]]);
    const args = parts.get('args') ?? '';
    if (typeof args !== 'string') {
      throw new Problem(`${of}: the arguments of the command '${name}' are no text`, {
        fix: 'Write them in quotes.',
      });
    }
    const optional = (key: string): string | undefined => {
      const value = parts.get(key);
      return typeof value === 'string' ? value : undefined;
    };
    result.set(name, {
      args,
      executable: optional('executable'),
      description: optional('description'),
      container: isDict(parts.get('container_spec')),
    });
  }
  return result;
}

/** The arguments of a command, with references filled in; one that ends up empty is an error. */
export function expandArguments(command: Command, name: string, variables: Variables): string[] {
  return splitWords(command.args).map((word) => {
    const argument = expandText(word, variables, 'empty');
    if (argument === '') {
      throw new Problem(`the command '${name}' has an argument that is empty: '${word}'`, {
        fix: 'Set the variable that it refers to, or change the command.',
      });
    }
    return argument;
  });
}
