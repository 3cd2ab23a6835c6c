import { textOf } from '../equal';
import { explainAccess } from '../explain/access';
import { accessGroups, accessValues } from '../render/access-groups';
import { kindOf, placeOf, unitOf } from '../render/names';
import { plain } from '../render/plain';
import { isForced, verbOf } from '../render/rows';
import type { Change, PathChange, Review } from '../types';

/** One value that differs, as the page shows it; what is absent is left out. */
export interface PagePath {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly masked: boolean;
  /** Whether it forces the replacement. */
  readonly forces: boolean;
}

/** One of the resources or objects that a row stands for. */
export interface PageMember {
  /** Place among the changes of the review; -1 for a row of access. */
  readonly index: number;
  readonly address: string;
  readonly previous: string | null;
  readonly kind: string;
  readonly unit: string;
  /** `platform.yaml:12`. */
  readonly place: string | null;
  readonly construct: string | null;
}

/** A row of the list: identical edits together. */
export interface PageRow {
  readonly verb: string;
  readonly action: string;
  readonly severity: string;
  readonly forcedBy: readonly string[];
  readonly explanation: string | null;
  readonly paths: readonly PagePath[];
  readonly members: readonly PageMember[];
}

/** Everything that the page is drawn from. */
export interface PageData {
  readonly rows: readonly PageRow[];
  /** For each marked part of the drawing, the changes that are of it. */
  readonly parts: readonly { readonly title: string; readonly changes: readonly number[] }[];
}

/** What is worst comes first, as in the other formats. */
const severities = ['danger', 'warning', 'notice', 'info'];
const actions = ['access', 'delete', 'replace', 'move', 'update', 'create'];

/** The rows of a review, worst first; the same edit on many is one row with many members. */
export function rowsOf(review: Review): readonly PageRow[] {
  const rows = new Map<string, PageRow & { readonly members: PageMember[] }>();
  review.changes.forEach((change, index) => {
    const { paths, explanation, action, severity, confidence, drift, forcedBy, system } = change;
    // Explanations name what they are about: rows of one kind share that of the first.
    const key = JSON.stringify([
      system,
      action,
      severity,
      confidence,
      drift,
      forcedBy,
      paths,
      explanation === null,
      action === 'update' ? '' : kindOf(change),
    ]);
    const known = rows.get(key);
    if (known === undefined) {
      rows.set(key, {
        verb: verbOf(change),
        action,
        severity,
        forcedBy: forcedBy.map(plain),
        explanation: explanation === null ? null : lines(explanation),
        paths: paths.map((path) => pagePath(change, path)),
        members: [memberOf(change, index)],
      });
    } else known.members.push(memberOf(change, index));
  });
  const rank = ({ severity, action }: PageRow) => severities.indexOf(severity) * 10 + actions.indexOf(action);
  return [...accessRows(review), ...rows.values()].sort((one, other) => rank(one) - rank(other));
}

function accessRows({ access }: Review): PageRow[] {
  return accessGroups(access).map(({ lead, members }) => {
    const { gone, come } = accessValues(lead);
    const value = (items: readonly unknown[]) => items.map((item) => textOf(visible(item))).join('\n');
    return {
      verb: lead.verdict,
      action: 'access',
      severity: lead.verdict === 'narrowed' ? 'info' : 'danger',
      forcedBy: [],
      explanation: lines(explainAccess(lead)),
      paths: [
        {
          path: 'may',
          ...(gone.length === 0 ? {} : { before: value(gone) }),
          ...(come.length === 0 ? {} : { after: value(come) }),
          masked: false,
          forces: false,
        },
      ],
      members: members.map(({ principal, resource }) => ({
        index: -1,
        address: plain(`${principal} on ${resource}`),
        previous: null,
        kind: 'access',
        unit: '',
        place: null,
        construct: null,
      })),
    };
  });
}

function memberOf(change: Change, index: number): PageMember {
  const { address, previousAddress, source } = change;
  return {
    index,
    address: plain(address),
    previous: previousAddress === null ? null : plain(previousAddress),
    kind: plain(kindOf(change)),
    unit: plain(unitOf(change)),
    place: source === null ? null : plain(placeOf(source)),
    construct: source === null ? null : plain(source.construct),
  };
}

function pagePath(change: Change, { path, before, after, masked }: PathChange): PagePath {
  return {
    path: plain(path),
    ...(before === undefined ? {} : { before: visible(before) }),
    ...(after === undefined ? {} : { after: visible(after) }),
    masked,
    forces: isForced(change, { path }),
  };
}

/** A value in which every character can be seen; lines stay lines. */
function visible(value: unknown): unknown {
  if (typeof value === 'string') return lines(value);
  if (Array.isArray(value)) return value.map(visible);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [plain(key), visible(item)]));
}

function lines(text: string): string {
  return text.split(/\r?\n/).map(plain).join('\n');
}
