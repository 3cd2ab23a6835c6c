import { explainAccess } from '../../explain/access';
import type { Change, Diagnostic, GateResult, PathChange, Review } from '../../types';
import { type AccessGroup, accessGroups, accessValues } from '../access-groups';
import { type Group, groupsOf, isDestructive } from '../groups';
import { kindOf, placeOf, unitOf } from '../names';
import { clipped, counted, withCommas } from '../plain';
import { costLine, explanationOf, isForced, sizeOf, unpricedChanges, verbOf } from '../rows';
import { excerpt, isShort, shortValue } from '../values';
import type { Block } from './block';
import { code, escapeHtml, explained, fenced, htmlCode, prose } from './escape';

/** Everything that the comment may hold, in the order in which it is read. */
export function blocksOf(review: Review): readonly Block[] {
  const { diagnostics, gates } = review;
  return [
    ...diagnostics.filter(({ level }) => level === 'error').map((one) => diagnosticBlock(one, true)),
    ...groupsOf(review.changes).map(groupBlock),
    ...accessGroups(review.access).map(accessBlock),
    ...gates.map(gateBlock),
    ...costBlocks(review),
    ...diagnostics.filter(({ level }) => level === 'warning').map((one) => diagnosticBlock(one, false)),
  ];
}

/** A row in both languages: `code` marks what comes from outside. */
type Piece = string | { readonly code: string } | { readonly bold: string };

function head(pieces: readonly Piece[]): Pick<Block, 'head' | 'htmlHead'> {
  const join = (write: (piece: Piece) => string) =>
    pieces.map(write).join(' ').replaceAll('( ', '(').replaceAll(' )', ')');
  return {
    head: join((piece) =>
      typeof piece === 'string' ? piece : 'bold' in piece ? `**${piece.bold}**` : code(piece.code),
    ),
    htmlHead: join((piece) =>
      typeof piece === 'string'
        ? escapeHtml(piece)
        : 'bold' in piece
          ? `<b>${escapeHtml(piece.bold)}</b>`
          : htmlCode(piece.code),
    ),
  };
}

const lights = { danger: ['🔴'], warning: ['🟠'], notice: [], info: [] } as const;

function groupBlock(group: Group): Block {
  const { lead, members } = group;
  const destructive = isDestructive(group);
  const explanation = explanationOf(group);
  const alone = members.length === 1;
  return {
    section: destructive ? 'Destroyed, or made anew' : 'Other changes',
    rank: destructive ? 0 : 2,
    ...head([
      ...lights[lead.severity],
      { bold: verbOf(lead) },
      ...(alone ? addressPieces(lead) : sizePieces(group)),
      ...forcedPieces(group),
    ]),
    note: explanation === null ? '' : explained(explanation),
    items: alone ? [] : members.map((member) => head(addressPieces(member)).head),
    details: () => detailsOf(group),
    kind: `${lead.action} ${kindOf(lead)}`,
    count: members.length,
  };
}

/** What forces a replacement, and to what it changes where that is short. */
function forcedPieces({ lead, sameValues }: Group): Piece[] {
  const { forcedBy, paths } = lead;
  if (forcedBy.length === 0) return [];
  const by = ['forced by', { code: forcedBy.join(', ') }];
  const [forced, ...others] = paths.filter((change) => isForced(lead, change));
  if (forced === undefined || others.length > 0 || forced.masked || !sameValues || !isShort(forced))
    return by;
  return [
    ...by,
    '(',
    { code: shortValue(forced.before, 60) },
    '→',
    { code: shortValue(forced.after, 60) },
    ')',
  ];
}

function sizePieces(group: Group): Piece[] {
  if (group.kinds.length > 1) return [sizeOf(group)];
  return [withCommas(group.members.length), { code: group.kinds[0] ?? '' }];
}

function addressPieces(change: Change): Piece[] {
  const unit = unitOf(change);
  return [
    ...(change.previousAddress === null ? [] : [{ code: change.previousAddress }, '→']),
    { code: change.address },
    ...(unit === '' ? [] : ['in', { code: unit }]),
    ...(change.source === null ? [] : ['from', { code: placeOf(change.source) }]),
  ];
}

/** The most that is shown of what differs in one row. */
const most = { paths: 20, linesOfPath: 24, columns: 160 };

function detailsOf({ lead, sameValues }: Group): string {
  if (lead.action === 'create' || lead.action === 'delete' || lead.paths.length === 0) return '';
  const more = lead.paths.length - most.paths;
  const lines = [
    ...lead.paths.slice(0, most.paths).flatMap((change) => pathLines(change, sameValues)),
    ...(more > 0 ? [`@@ and ${counted(more, 'more field')} @@`] : []),
  ];
  return fenced('diff', lines);
}

function pathLines(change: PathChange, sameValues: boolean): string[] {
  const title = (note: string) => `@@ ${clipped(change.path, most.columns)}${note} @@`;
  if (!sameValues) return [title(': different values')];
  if (change.masked) return [title(': changed, not shown')];
  if (isShort(change)) {
    return [
      title(''),
      ...(change.before === undefined ? [] : [`- ${shortValue(change.before, most.columns)}`]),
      ...(change.after === undefined ? [] : [`+ ${shortValue(change.after, most.columns)}`]),
    ];
  }
  return [
    title(''),
    ...excerpt(change, most.linesOfPath).map(({ mark, text }) => clipped(`${mark} ${text}`, most.columns)),
  ];
}

function accessBlock({ lead, members }: AccessGroup): Block {
  const { principal, resource, verdict } = lead;
  const { gone, come } = accessValues(lead);
  const lines = [
    ...gone.map((one) => `- ${shortValue(one, 500)}`),
    ...come.map((one) => `+ ${shortValue(one, 500)}`),
  ];
  const narrowed = verdict === 'narrowed';
  const alone = members.length === 1;
  const alike = members.every((member) => member.principal === principal);
  return {
    section: 'Access',
    rank: narrowed ? 2 : 0,
    ...head([
      ...(narrowed ? [] : ['🔴']),
      { bold: verdict },
      ...(alone || alike ? [{ code: principal }] : [counted(members.length, 'principal')]),
      'on',
      ...(alone || !alike ? [{ code: resource }] : [counted(members.length, 'resource')]),
    ]),
    note: prose(explainAccess(lead)),
    items: alone ? [] : members.map((member) => code(alike ? member.resource : member.principal)),
    details: () => (lines.length === 0 ? '' : fenced('diff', lines)),
    kind: `access ${verdict}`,
    count: members.length,
  };
}

const gateLights = { fail: ['🔴'], waived: ['🟠'], pass: [] } as const;

function gateBlock({ name, result, because }: GateResult): Block {
  return {
    section: 'Gates',
    rank: 1,
    ...head([...gateLights[result], { bold: result }, { code: name }]),
    note: because === '' ? '' : prose(because),
    items: [],
    details: () => '',
    kind: `gate ${result}`,
    count: 1,
  };
}

function costBlocks(review: Review): Block[] {
  const line = costLine(review.cost);
  if (line === null) return [];
  const unpriced = unpricedChanges(review);
  return [
    {
      section: 'Cost',
      rank: 1,
      ...head([line]),
      note: unpriced.length === 0 ? '' : 'Changed, and without a price:',
      items: unpriced.map((address) => code(address)),
      details: () => '',
      kind: 'cost',
      count: 1,
    },
  ];
}

function diagnosticBlock({ level, file, line, message }: Diagnostic, serious: boolean): Block {
  return {
    section: serious ? 'Not reviewed' : 'Notes',
    rank: 1,
    ...head([{ bold: level }, { code: `${file}:${String(line)}` }, ':']),
    note: prose(message, 500),
    items: [],
    details: () => '',
    kind: level,
    count: 1,
  };
}
