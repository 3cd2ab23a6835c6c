import type { createColors } from 'picocolors';
import { explainAccess } from '../explain/access';
import type { Action, Change, Diagnostic, GateResult, PathChange, Review, Severity } from '../types';
import { type AccessGroup, accessGroups, accessValues } from './access-groups';
import { type Group, groupsOf, isDestructive } from './groups';
import { placeOf, unitOf } from './names';
import { paragraphsOf } from './paragraphs';
import { clipped, counted, plain } from './plain';
import { costLine, explanationOf, headline, isForced, sizeOf, unpricedChanges, verbOf } from './rows';
import { excerpt, isShort, shortValue } from './values';
import { wrapped } from './wrap';

export interface TextOptions {
  readonly colors: ReturnType<typeof createColors>;
  /** Width of the terminal. */
  readonly columns: number;
}

const signs: Readonly<Record<Action, string>> = {
  create: '+',
  update: '~',
  replace: '±',
  delete: '-',
  move: '→',
};

/** Width of the sign and the verb before everything else. */
const indent = 14;
const margin = ' '.repeat(indent);

/** A review for people at a terminal: what destroys first, the same edit once. */
export function renderText(review: Review, options: TextOptions): string {
  const { colors, columns } = options;
  const groups = groupsOf(review.changes);
  const [destructive, others] = [
    groups.filter(isDestructive),
    groups.filter((group) => !isDestructive(group)),
  ];
  const errors = review.diagnostics.filter(({ level }) => level === 'error');
  const warnings = review.diagnostics.filter(({ level }) => level === 'warning');
  const cost = costLine(review.cost);
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', colors.bold(title), ...lines];
  return [
    colors.bold(headline(review)),
    ...section('Not reviewed', diagnosticLines(errors, options)),
    ...section(
      'Destroyed, or made anew',
      destructive.flatMap((group) => groupLines(group, options)),
    ),
    ...section(
      'Access',
      accessGroups(review.access).flatMap((one) => accessLines(one, options)),
    ),
    ...section(
      'Gates',
      review.gates.flatMap((gate) => gateLines(gate, options)),
    ),
    ...section('Cost', cost === null ? [] : [`  ${cost}`, ...unpricedLines(review, options)]),
    ...section(
      'Other changes',
      others.flatMap((group) => groupLines(group, options)),
    ),
    ...section('Notes', diagnosticLines(warnings, options)),
    '',
  ]
    .map((line) => (columns > 0 ? line.trimEnd() : line))
    .join('\n');
}

function groupLines(group: Group, options: TextOptions): string[] {
  const { colors } = options;
  const { lead, members } = group;
  const paint = painter(lead, options);
  const label = paint(`  ${signs[lead.action]} ${verbOf(lead)}`.padEnd(indent - 1));
  const size = sizeOf(group);
  const explanation = explanationOf(group);
  return [
    members.length === 1 ? `${label} ${memberLine(lead, options)}` : `${label} ${colors.bold(plain(size))}`,
    ...pathLines(group, options),
    ...(explanation === null ? [] : sentence(explanation, options)),
    ...(members.length === 1 ? [] : memberLines(group, options)),
  ];
}

/** An address, where it is, and the line that asks for it. */
function memberLine(change: Change, { colors }: TextOptions): string {
  const from = change.previousAddress === null ? '' : `${plain(change.previousAddress)} → `;
  const unit = unitOf(change);
  return [
    `${from}${plain(change.address)}`,
    ...(unit === '' ? [] : [colors.dim(plain(unit))]),
    ...(change.source === null ? [] : [colors.cyan(plain(placeOf(change.source)))]),
  ].join('  ');
}

/** What is lost is named one by one; of the rest, as many as fit on a few lines. */
function memberLines(group: Group, options: TextOptions): string[] {
  const { colors, columns } = options;
  if (isDestructive(group)) return group.members.map((member) => `${margin}${memberLine(member, options)}`);
  const room = Math.max(60, 3 * (columns - indent));
  const names: string[] = [];
  let used = 0;
  for (const { address } of group.members) {
    const name = clipped(address, 120);
    if (used + name.length + 2 > room) break;
    names.push(name);
    used += name.length + 2;
  }
  if (names.length === 0) names.push(clipped(group.lead.address, 120));
  const more = group.members.length - names.length;
  const text = `${names.join(', ')}${more > 0 ? ` and ${counted(more, 'more', 'more')}` : ''}`;
  return wrapped(text, columns - indent).map((line) => `${margin}${colors.dim(line)}`);
}

/** Made and deleted things are told by their names; of the others, what differs. */
const mostPaths = 8;

function pathLines(group: Group, options: TextOptions): string[] {
  const { lead, sameValues } = group;
  if (lead.action === 'create' || lead.action === 'delete') return [];
  const { colors } = options;
  if (!sameValues) {
    const fields = lead.paths.map(({ path }) => plain(path)).join(', ');
    return wrapped(`${fields}: different values`, options.columns - indent).map((line) => `${margin}${line}`);
  }
  // What forces the replacement comes first.
  const forces = (change: PathChange) => isForced(lead, change);
  const sorted = [...lead.paths].sort((one, other) => Number(forces(other)) - Number(forces(one)));
  const more = sorted.length - mostPaths;
  return [
    ...sorted.slice(0, mostPaths).flatMap((change) => onePath(change, forces(change), options)),
    ...(more > 0 ? [`${margin}${colors.dim(`and ${counted(more, 'more field')}`)}`] : []),
  ];
}

function onePath(change: PathChange, forces: boolean, { colors, columns }: TextOptions): string[] {
  const name = `${colors.bold(clipped(change.path, 160))}:`;
  const note = forces ? colors.red('  forces it') : '';
  if (change.masked) return [`${margin}${name} ${colors.dim('changed, not shown')}${note}`];
  if (isShort(change)) {
    const [old, now] = [shortValue(change.before, 80), shortValue(change.after, 80)];
    return [`${margin}${name} ${colors.red(old)} → ${colors.green(now)}${note}`];
  }
  return [
    `${margin}${name}${note}`,
    ...excerpt(change, 12).map(({ mark, text }) => {
      const line = clipped(`${mark} ${text}`, Math.max(40, columns - indent - 2));
      return `${margin}  ${mark === '-' ? colors.red(line) : mark === '+' ? colors.green(line) : colors.dim(line)}`;
    }),
  ];
}

function accessLines({ lead, members }: AccessGroup, options: TextOptions): string[] {
  const { colors, columns } = options;
  const { principal, resource, verdict } = lead;
  const paint = verdict === 'narrowed' ? colors.green : colors.red;
  const { gone, come } = accessValues(lead);
  const value = (mark: string, one: unknown, colour: (text: string) => string) =>
    wrapped(`${mark} ${shortValue(one, 400)}`, columns - indent).map((line) => `${margin}${colour(line)}`);
  const one = (text: string) => clipped(text, 200);
  const alike = members.every((member) => member.principal === principal);
  const [whom, what] =
    members.length === 1
      ? [one(principal), one(resource)]
      : alike
        ? [one(principal), counted(members.length, 'resource')]
        : [counted(members.length, 'principal'), one(resource)];
  return [
    `${paint(`  ${verdict}`.padEnd(indent - 1))} ${colors.bold(whom)} on ${what}`,
    ...gone.flatMap((item) => value('-', item, colors.red)),
    ...come.flatMap((item) => value('+', item, colors.green)),
    ...sentence(explainAccess(lead), options),
    ...(members.length === 1
      ? []
      : members.map((member) => `${margin}${one(alike ? member.resource : member.principal)}`)),
  ];
}

function gateLines({ name, result, because }: GateResult, options: TextOptions): string[] {
  const { colors } = options;
  const paint = { pass: colors.green, fail: colors.red, waived: colors.yellow }[result];
  return [
    `${paint(`  ${result}`.padEnd(indent - 1))} ${colors.bold(clipped(name, 120))}`,
    ...(because === '' ? [] : sentence(because, options)),
  ];
}

function unpricedLines(review: Review, { columns, colors }: TextOptions): string[] {
  const unpriced = unpricedChanges(review);
  if (unpriced.length === 0) return [];
  const names = unpriced.slice(0, 5).map((address) => clipped(address, 120));
  const more = unpriced.length - names.length;
  const text = `changed, and without a price: ${names.join(', ')}${more > 0 ? ` and ${counted(more, 'more', 'more')}` : ''}`;
  return wrapped(text, columns - 4).map((line) => `    ${colors.dim(line)}`);
}

function diagnosticLines(diagnostics: readonly Diagnostic[], { colors, columns }: TextOptions): string[] {
  return diagnostics.flatMap(({ level, file, line, message }) => {
    const paint = level === 'error' ? colors.red : colors.yellow;
    return [
      `  ${paint(level)} ${plain(`${file}:${String(line)}`)}`,
      ...wrapped(clipped(message, 2000), columns - 4).map((text) => `    ${text}`),
    ];
  });
}

function sentence(text: string, { colors, columns }: TextOptions): string[] {
  return paragraphsOf(text).flatMap((paragraph) =>
    'text' in paragraph
      ? wrapped(clipped(paragraph.text, 4000), Math.max(40, columns - indent)).map(
          (line) => `${margin}${colors.italic(line)}`,
        )
      : paragraph.block.map((line) => `${margin}  ${plain(line)}`),
  );
}

function painter({ severity }: Change, { colors }: TextOptions): (text: string) => string {
  const paints: Readonly<Record<Severity, (text: string) => string>> = {
    danger: (text) => colors.bold(colors.red(text)),
    warning: colors.yellow,
    notice: colors.cyan,
    info: colors.green,
  };
  return paints[severity];
}
