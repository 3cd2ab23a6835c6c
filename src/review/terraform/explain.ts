import type { Action } from '../types';
import { isProtected, isStateful } from './identity';
import type { Outcome } from './outcome';

/** What a person needs to know of a change, and how it can be avoided; null where the values say it all. */
export function explain(outcome: Outcome, action: Action, destroys: boolean): string | null {
  const { pair } = outcome;
  const type = (pair.after ?? pair.before)?.type ?? '';
  const because = outcome.reasons.length === 0 ? '' : ` (${outcome.reasons.join('; ')})`;
  switch (action) {
    case 'replace':
      return [
        `${[...outcome.forcedBy].sort().join(', ')} cannot change in place${because}: Terraform destroys it and creates it anew.`,
        isStateful(type) ? 'Everything that it holds is lost.' : '',
        guard(outcome),
        'To avoid that, keep the value, name it under lifecycle.ignore_changes, or give the new one a key of its own and take the old one away later.',
      ]
        .filter((part) => part !== '')
        .join(' ');
    case 'delete':
      if (!destroys) return 'Terraform forgets it; what it stands for stays.';
      return [
        'Terraform destroys it.',
        isStateful(type) ? 'Everything that it holds is lost.' : '',
        guard(outcome),
        'To keep it without managing it, write a removed block with destroy = false.',
      ]
        .filter((part) => part !== '')
        .join(' ');
    case 'move':
      return pair.by === 'moved' ? 'Only its address changes.' : moveAdvice(outcome);
    case 'update':
      return outcome.reasons.length === 0 ? null : `${capital(outcome.reasons.join('; '))}.`;
    case 'create':
      return null;
  }
}

/** A rename that Terraform cannot know: what to paste, so that it does. */
function moveAdvice({ pair, stack }: Outcome): string {
  const { before, after, fromStack } = pair;
  if (before === undefined || after === undefined) return '';
  const lost = isStateful(after.type) ? ' and everything in it is lost' : '';
  if (fromStack !== undefined && fromStack !== stack) {
    return `Without a move of the state it is destroyed in ${String(fromStack)} and created in ${String(stack)}${lost}. Before the apply: terraform state mv -state=${String(fromStack)}.tfstate -state-out=${String(stack)}.tfstate ${before.address} ${after.address}`;
  }
  return `Without a moved block it is destroyed and created anew${lost}. Paste: moved { from = ${before.address}, to = ${after.address} }`;
}

function guard({ pair: { before } }: Outcome): string {
  return before !== undefined && isProtected(before.values, before.lifecycle)
    ? 'It is protected: the apply fails until the protection is taken off.'
    : '';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
