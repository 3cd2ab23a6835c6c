import type { Concern } from './concern';

/** What keeps a destroy from going through is taken off. */
export const protectionOff: Concern = {
  types: /^/,
  holds: ({ attribute, before, after }) => {
    const [name] = /(enable_)?deletion_protection(_enabled)?$/.exec(attribute) ?? [];
    if (name === undefined || !isSaid(before, true)) return false;
    // Only the provider's own protection is on where nothing is said.
    return isSaid(after, false) || (name !== 'deletion_protection' && !isSaid(after, true));
  },
  severity: 'notice',
  says: 'Its protection comes off: after this, a destroy of it goes through.',
};

function isSaid(value: unknown, wanted: boolean): boolean {
  return String(value) === String(wanted);
}
