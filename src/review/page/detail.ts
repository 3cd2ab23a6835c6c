import type { PageMember, PagePath, PageRow } from './data';
import type { DiffLine } from './diff-lines';
import type { PageDocument, PageElement } from './dom';

/** Everything about one row. */
export interface DetailView {
  readonly show: (row: PageRow, members: readonly PageMember[]) => void;
  readonly clear: () => void;
}

/**
 * Makes a box show one row: what it is, why, where from, and what differs. Texts are only ever set as texts. Needs
 * nothing around itself but the function that it is given: the page takes its source.
 */
export function createDetail(
  document: PageDocument,
  box: PageElement,
  diffLines: (before: readonly string[], after: readonly string[]) => DiffLine[],
): DetailView {
  const mostMembers = 100;
  /** Lines of one value that are laid out at once. */
  const mostLines = 2000;
  let sideBySide = true;
  let current: { readonly row: PageRow; readonly members: readonly PageMember[] } | undefined;
  let everyone = false;

  function element(tag: string, className: string, text = ''): PageElement {
    const made = document.createElement(tag);
    if (className !== '') made.className = className;
    if (text !== '') made.textContent = text;
    return made;
  }

  /** What stands between backquotes is to be read letter by letter. */
  function sentence(text: string): PageElement {
    const paragraph = element('p', 'explanation');
    text.split('`').forEach((piece, at, all) => {
      if (at % 2 === 1 && at < all.length - 1)
        paragraph.append(element('code', piece.includes('\n') ? 'block' : '', piece));
      else paragraph.append(`${at % 2 === 1 ? '`' : ''}${piece}`);
    });
    return paragraph;
  }

  function textOf(value: unknown): string {
    if (typeof value !== 'string') return JSON.stringify(value, undefined, 2);
    if (!/^\s*[[{]/.test(value)) return value;
    try {
      return JSON.stringify(JSON.parse(value), undefined, 2);
    } catch {
      return value;
    }
  }

  function isLong(text: string): boolean {
    return text.length > 80 || text.includes('\n');
  }

  function pathView(path: PagePath): PageElement {
    const view = element('section', 'path');
    const title = element('h3', '');
    title.append(element('code', '', path.path));
    if (path.forces) title.append(element('span', 'forces', 'forces the replacement'));
    view.append(title);
    if (path.masked) {
      view.append(element('p', 'quiet', 'It changes; the values are secret and not shown.'));
      return view;
    }
    const [before, after] = [
      'before' in path ? textOf(path.before) : undefined,
      'after' in path ? textOf(path.after) : undefined,
    ];
    if (before === undefined || after === undefined) {
      const [mark, text] =
        before === undefined ? (['plus', after ?? ''] as const) : (['minus', before] as const);
      view.append(element('pre', `value ${mark}`, text));
    } else if (!isLong(before) && !isLong(after)) {
      const line = element('p', 'short');
      line.append(element('del', '', before), element('span', 'arrow', ' → '), element('ins', '', after));
      view.append(line);
    } else view.append(sideBySide ? columns(before, after) : inline(before, after));
    return view;
  }

  function diffOf(before: string, after: string): DiffLine[] {
    return diffLines(before.split('\n'), after.split('\n'));
  }

  const classes = { '-': 'minus', '+': 'plus', ' ': 'same' } as const;

  function inline(before: string, after: string): PageElement {
    const table = element('div', 'diff');
    const lines = diffOf(before, after);
    for (const { mark, text } of lines.slice(0, mostLines))
      table.append(element('div', classes[mark], `${mark} ${text}`));
    if (lines.length > mostLines)
      table.append(element('div', 'same', `… ${String(lines.length - mostLines)} more lines`));
    return table;
  }

  /** Lines that go stand beside those that come in their place. */
  function columns(before: string, after: string): PageElement {
    const table = element('div', 'diff two');
    const pair = (left: DiffLine | undefined, right: DiffLine | undefined) => {
      for (const line of [left, right]) {
        const { mark, text } = line ?? { mark: ' ' as const, text: '' };
        table.append(
          element('div', line === undefined ? 'none' : classes[mark], text === '' ? '\u00a0' : text),
        );
      }
    };
    const [gone, come]: [DiffLine[], DiffLine[]] = [[], []];
    const flush = () => {
      for (let at = 0; at < Math.max(gone.length, come.length); at++) pair(gone[at], come[at]);
      gone.length = 0;
      come.length = 0;
    };
    for (const line of diffOf(before, after).slice(0, mostLines)) {
      if (line.mark === '-') gone.push(line);
      else if (line.mark === '+') come.push(line);
      else {
        flush();
        pair(line, line);
      }
    }
    flush();
    return table;
  }

  function memberView({ address, previous, unit, place, construct }: PageMember): PageElement {
    const item = element('li', '');
    if (previous !== null) item.append(element('code', 'previous', previous), ' → ');
    item.append(element('code', '', address));
    for (const [text, title] of [
      [unit, ''],
      [place ?? '', construct ?? ''],
    ] as const) {
      if (text === '') continue;
      const span = element('span', 'where', text);
      if (title !== '') span.title = title;
      item.append(' ', span);
    }
    return item;
  }

  function button(text: string, act: () => void): PageElement {
    const made = element('button', 'plain', text);
    made.setAttribute('type', 'button');
    made.addEventListener('click', act);
    return made;
  }

  function draw(): void {
    if (current === undefined) return;
    const { row, members } = current;
    const [first] = members;
    const kinds = new Set(members.map(({ kind }) => kind));
    const title = element('h2', row.severity);
    title.append(element('span', `verb ${row.action}`, row.verb), ' ');
    if (members.length === 1) title.append(element('span', 'name', first?.address ?? ''));
    else {
      const what = kinds.size === 1 ? (first?.kind ?? '') : `of ${String(kinds.size)} kinds`;
      title.append(element('span', 'name', `${String(members.length)} ${what}`));
    }
    const shown = everyone ? members : members.slice(0, mostMembers);
    const list = element('ul', 'members');
    list.append(...shown.map(memberView));
    const more = members.length - shown.length;
    const long = row.paths.some(
      (path) =>
        !path.masked &&
        'before' in path &&
        'after' in path &&
        [path.before, path.after].some((value) => isLong(textOf(value))),
    );
    box.replaceChildren(
      title,
      ...(row.explanation === null ? [] : [sentence(row.explanation)]),
      list,
      ...(more > 0
        ? [
            button(`Show ${String(more)} more`, () => {
              everyone = true;
              draw();
            }),
          ]
        : []),
      ...(long
        ? [
            button(sideBySide ? 'Show values inline' : 'Show values side by side', () => {
              sideBySide = !sideBySide;
              draw();
            }),
          ]
        : []),
      ...row.paths.map(pathView),
    );
  }

  return {
    show: (row, members) => {
      current = { row, members };
      everyone = false;
      draw();
      box.scrollTop = 0;
    },
    clear: () => {
      current = undefined;
      box.replaceChildren(element('p', 'quiet', 'Nothing fits the filter.'));
    },
  };
}
