import { canonical } from '../equal';
import type { Diagnostic } from '../types';
import type { Stack } from './stack';

/** A module is a box: that its call changed is said, since what that does inside is in neither output. */
export function changedModules(before: Stack, after: Stack): readonly Diagnostic[] {
  const names = [...new Set([...before.modules.keys(), ...after.modules.keys()])];
  return names.flatMap((name): Diagnostic[] => {
    const [old, now] = [before.modules.get(name), after.modules.get(name)];
    if (canonical(withoutComments(old?.body)) === canonical(withoutComments(now?.body))) return [];
    const what = old === undefined ? 'is new' : now === undefined ? 'is gone' : 'changed';
    return [
      {
        level: 'warning',
        file: (now ?? old)?.file ?? '.',
        line: 1,
        message: `module.${name} ${what}; what it does inside is not in this output: give the plan as well (--plan)`,
      },
    ];
  });
}

function withoutComments(body: unknown): unknown {
  return body === undefined
    ? undefined
    : JSON.parse(JSON.stringify(body), (key, value: unknown) => (key === '//' ? undefined : value));
}
