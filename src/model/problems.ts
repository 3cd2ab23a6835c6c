import { listed, nearest } from '../config/nearest';
import type { ConfigPath, Problem } from '../config/problem';

/** Gathers what is wrong, so that all of it can be told at once. */
export class Problems {
  private readonly found: Problem[] = [];

  get list(): readonly Problem[] {
    return this.found;
  }

  add(problem: Problem): void {
    this.found.push(problem);
  }

  /**
   * The entry that a reference names; where there is none, adds a problem that says what is declared and what is
   * nearest.
   * @param what the kind of thing in a sentence, for example `node pool`
   * @param section where such things are declared; a list of names where `where` is given
   * @param where the rest of the sentence, for example `in the secret 'tap-secrets'`
   */
  reference<T>(
    path: ConfigPath,
    name: string,
    what: string,
    section: ConfigPath,
    declared: ReadonlyMap<string, T>,
    where = '',
  ): T | undefined {
    const target = declared.get(name);
    if (target !== undefined) return target;
    const names = [...declared.keys()];
    const near = nearest(name, names);
    const article = /^[aeiou]/.test(what) ? 'an' : 'a';
    this.add({
      path,
      message: `there is no ${what} '${name}'${where === '' ? '' : ` ${where}`}`,
      found: name,
      allowed: names.length > 0 ? listed(names) : `none is declared under ${section.join('.')}`,
      fix:
        near === undefined
          ? where === ''
            ? `declare ${section.join('.')}.${name}, or name ${article} ${what} that is declared`
            : `add ${name} to ${section.join('.')}, or name ${article} ${what} that is there`
          : `did you mean '${near}'?`,
      dependsOn: [section],
    });
    return undefined;
  }
}
