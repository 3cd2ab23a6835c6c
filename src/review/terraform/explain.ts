import { block, code, named, sentences, shellWord } from '../explain/code';
import { adviceFor } from '../explain/terraform';
import { concernsOf } from '../explain/updates';
import type { Action } from '../types';
import { isProtected, isStateful } from './identity';
import type { Outcome } from './outcome';

/** What a person needs to know of a change, and how it can be avoided; null where the values say it all. */
export function explain(outcome: Outcome, action: Action, destroys: boolean): string | null {
  switch (action) {
    case 'replace':
      return replaced(outcome);
    case 'delete':
      return destroys ? destroyed(outcome) : 'Terraform forgets it; what it stands for stays.';
    case 'move':
      return outcome.pair.by === 'moved' ? 'Only its address changes.' : moved(outcome);
    case 'update':
      return updated(outcome);
    case 'create':
      return null;
  }
}

function updated(outcome: Outcome): string | null {
  const { reasons } = outcome;
  const said = sentences(
    reasons.length === 0 ? '' : `${capital(reasons.map(named).join('; '))}.`,
    ...concernsOf(typeOf(outcome), outcome.differences).map(({ says }) => says),
  );
  return said === '' ? null : said;
}

function replaced(outcome: Outcome): string {
  const attributes = [...outcome.forcedBy].sort().map(code).join(', ');
  const because = outcome.reasons.length === 0 ? '' : ` (${outcome.reasons.map(named).join('; ')})`;
  const instead =
    adviceFor(typeOf(outcome))?.instead ??
    'give the new one a key of its own and take the old one away later';
  return sentences(
    outcome.confidence === 'certain'
      ? `${attributes} cannot change in place${because}: Terraform destroys it and creates it anew.`
      : `${attributes} cannot change in place${because}: where the value differs at the apply, Terraform destroys it and creates it anew. A plan tells.`,
    loss(outcome),
    guard(outcome),
    follows(outcome)
      ? 'It goes away with the replacement that it follows from.'
      : `To avoid that, keep the value, or name it under ${code('lifecycle.ignore_changes')}; to have the new value without the loss, ${instead}.`,
  );
}

function destroyed(outcome: Outcome): string {
  const { before } = outcome.pair;
  const address = before?.address ?? '';
  return sentences(
    'Terraform destroys it.',
    loss(outcome),
    guard(outcome),
    'To keep it without managing it, paste:',
    block(
      'removed {',
      `  from = ${named(address.replace(/\[.*$/s, ''))}`,
      '  lifecycle {',
      '    destroy = false',
      '  }',
      '}',
    ),
  );
}

/** Whether every reason is that something else is made anew. */
function follows({ reasons, forcedBy }: Outcome): boolean {
  const following = reasons.filter((reason) => reason.endsWith('which is made anew'));
  return following.length > 0 && following.length >= forcedBy.size;
}

/** A rename that Terraform cannot know: what to paste, so that it does. */
function moved(outcome: Outcome): string {
  const { pair, stack } = outcome;
  const { before, after, fromStack } = pair;
  if (before === undefined || after === undefined) return '';
  if (fromStack !== undefined && fromStack !== stack) {
    return sentences(
      `Without a move of the state it is destroyed in ${code(String(fromStack))} and created in ${code(String(stack))}.`,
      loss(outcome),
      'Before the apply, in the folders of the two stacks:',
      block(...stateMove(String(fromStack), String(stack), before.address, after.address)),
    );
  }
  return sentences(
    'Without a moved block it is destroyed and created anew.',
    loss(outcome),
    'Paste it into a file moved.tf beside the other files of the stack:',
    block('moved {', `  from = ${named(before.address)}`, `  to   = ${named(after.address)}`, '}'),
  );
}

/** Through files: the states of two stacks are in different places. */
function stateMove(from: string, to: string, before: string, after: string): string[] {
  const [old, now] = [shellWord(from), shellWord(to)];
  return [
    `terraform -chdir=${old} state pull > from.tfstate`,
    `terraform -chdir=${now} state pull > to.tfstate`,
    `terraform state mv -state=from.tfstate -state-out=to.tfstate ${shellWord(before)} ${shellWord(after)}`,
    `terraform -chdir=${now} state push "$PWD/to.tfstate"`,
    `terraform -chdir=${old} state push "$PWD/from.tfstate"`,
  ];
}

function loss(outcome: Outcome): string {
  const type = typeOf(outcome);
  return adviceFor(type)?.lost ?? (isStateful(type) ? 'Everything that it holds is lost.' : '');
}

function guard({ pair: { before } }: Outcome): string {
  return before !== undefined && isProtected(before.values, before.lifecycle)
    ? 'It is protected: the apply fails until the protection is taken off.'
    : '';
}

function typeOf({ pair }: Outcome): string {
  return (pair.after ?? pair.before)?.type ?? '';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
