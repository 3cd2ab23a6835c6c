import type { Change, Source } from '../types';

/** What a change is of: `google_sql_database_instance`, `Deployment`. */
export function kindOf({ system, address }: Pick<Change, 'system' | 'address'>): string {
  if (system === 'kubernetes') return address.split('/').at(-3) ?? address;
  const [, data = '', type] = /(?:^|\.)(data\.)?([^.[\]]+)\.[^.[\]]+(?:\[.*\])?$/.exec(address) ?? [];
  return type === undefined ? address : `${data}${type}`;
}

/** `platform.yaml:12`. */
export function placeOf({ file, line }: Source): string {
  return `${file}:${String(line)}`;
}

/** `data`, `production/data`, `cluster main`; empty where there is but one unnamed place. */
export function unitOf({ system, stack }: Pick<Change, 'system' | 'stack'>): string {
  if (stack === null) return '';
  return system === 'kubernetes' ? `cluster ${stack}` : stack;
}
