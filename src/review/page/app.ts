import type { PageData, PageMember, PageRow } from './data';
import type { DetailView } from './detail';
import type { PageDocument, PageElement, PageWindow } from './dom';
import type { Filter } from './filter';
import type { VirtualList } from './list';

/** The other functions of the page, which are put beside this one as source. */
export interface PageParts {
  readonly matches: (row: PageRow, member: PageMember, filter: Filter) => boolean;
  readonly searchText: (row: PageRow, member: PageMember) => string;
  readonly createList: (
    window: PageWindow,
    box: PageElement,
    draw: (element: PageElement, at: number) => void,
    choose: (at: number, open: boolean) => void,
  ) => VirtualList;
  readonly createDetail: (document: PageDocument, box: PageElement) => DetailView;
}

/** A line of the list: a row, with those of its members that the filter leaves. */
interface Line {
  readonly row: PageRow;
  readonly members: readonly PageMember[];
}

/** Runs the page. Needs nothing around itself but a document: its source is what the page holds. */
export function startPage(window: PageWindow, parts: PageParts): void {
  const { document } = window;
  const find = (id: string): PageElement => {
    const element = document.getElementById(id);
    if (element === null) throw new Error(`the page has no ${id}`);
    return element;
  };
  const data = JSON.parse(find('data').textContent) as PageData;
  const [search, grouped] = [find('search'), find('grouped')];
  const selects = ['action', 'severity', 'kind', 'unit'] as const;
  const selectOf = (name: (typeof selects)[number]) => find(name);
  const [count, reset, part] = [find('count'), find('reset'), find('part')];
  let lines: readonly Line[] = [];
  let chosenPart = -1;

  // Texts to search in are made once, when somebody searches.
  const texts = new Map<PageMember, string>();
  const textOf = (row: PageRow, member: PageMember) => {
    const known = texts.get(member) ?? parts.searchText(row, member);
    texts.set(member, known);
    return known;
  };

  const detail = parts.createDetail(document, find('detail'));
  const list = parts.createList(
    window,
    find('list'),
    (element, at) => {
      const line = lines[at];
      if (line !== undefined) drawLine(element, line);
    },
    (at, open) => {
      const line = lines[at];
      if (line !== undefined) detail.show(line.row, line.members);
      if (open) document.body.classList.add('open');
      if (open) find('detail').focus();
    },
  );

  function drawLine(element: PageElement, { row, members }: Line): void {
    const [first] = members;
    if (first === undefined) return;
    const add = (parent: PageElement, className: string, text: string) => {
      const span = document.createElement('span');
      span.className = className;
      span.textContent = text;
      parent.append(span);
    };
    element.className = `row ${row.severity}`;
    const [top, bottom] = [document.createElement('div'), document.createElement('div')];
    top.className = 'top';
    bottom.className = 'bottom';
    add(top, `verb ${row.action}`, row.verb);
    const kinds = new Set(members.map(({ kind }) => kind));
    if (members.length > 1) {
      add(top, 'times', `${String(members.length)}×`);
      add(top, 'name', kinds.size === 1 ? first.kind : `${String(kinds.size)} kinds`);
    } else add(top, 'name', first.address);
    const fields = row.forcedBy.length > 0 ? row.forcedBy : row.paths.map(({ path }) => path);
    const told = row.action === 'create' || row.action === 'delete' || row.action === 'access' ? [] : fields;
    const where = members.length > 1 ? first.address : first.unit;
    const place = members.length > 1 ? '' : (first.place ?? '');
    for (const text of [where, place, told.slice(0, 6).join(', ')])
      if (text !== '') add(bottom, 'part', text);
    element.replaceChildren(top, bottom);
  }

  function filterOf(): Filter {
    const [action, severity, kind, unit] = selects.map((name) => selectOf(name).value);
    return {
      words: search.value
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== ''),
      action: action ?? '',
      severity: severity ?? '',
      kind: kind ?? '',
      unit: unit ?? '',
      changes: chosenPart < 0 ? null : new Set(data.parts[chosenPart]?.changes),
      textOf,
    };
  }

  function apply(): void {
    const filter = filterOf();
    const found: Line[] = [];
    let members = 0;
    for (const row of data.rows) {
      const left = row.members.filter((member) => parts.matches(row, member, filter));
      if (left.length === 0) continue;
      members += left.length;
      if (grouped.checked) found.push({ row, members: left });
      else for (const member of left) found.push({ row, members: [member] });
    }
    lines = found;
    const all = data.rows.reduce((sum, row) => sum + row.members.length, 0);
    count.textContent =
      members === all
        ? `${String(all)} in ${String(found.length)} rows`
        : `${String(members)} of ${String(all)} in ${String(found.length)} rows`;
    const filtered = members !== all || search.value !== '' || chosenPart >= 0;
    reset.hidden = !filtered;
    part.hidden = chosenPart < 0;
    part.textContent = chosenPart < 0 ? '' : `Part: ${data.parts[chosenPart]?.title ?? ''}`;
    list.fill(found.length);
    if (found.length > 0) list.choose(0, false);
    else detail.clear();
  }

  function fillSelect(
    name: (typeof selects)[number],
    valueOf: (row: PageRow, member: PageMember) => string,
  ): void {
    const counts = new Map<string, number>();
    for (const row of data.rows)
      for (const member of row.members) {
        const value = valueOf(row, member);
        if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    const select = selectOf(name);
    const values = [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
    for (const [value, n] of values) {
      const option = document.createElement('option');
      option.value = value;
      option.textContent = `${value} (${String(n)})`;
      select.append(option);
    }
    // A choice of one is none.
    select.hidden = values.length < 2;
    select.addEventListener('change', apply);
  }

  function choosePart(at: number): void {
    chosenPart = chosenPart === at ? -1 : at;
    document.querySelectorAll('[data-part]').forEach((element) => {
      element.setAttribute('aria-pressed', String(element.getAttribute('data-part') === String(chosenPart)));
    });
    apply();
    if (chosenPart >= 0) find('list').scrollIntoView({ block: 'nearest' });
  }

  function clear(): void {
    search.value = '';
    for (const name of selects) selectOf(name).value = '';
    chosenPart = -1;
    document.querySelectorAll('[data-part]').forEach((element) => {
      element.setAttribute('aria-pressed', 'false');
    });
    apply();
  }

  fillSelect('action', (row) => row.action);
  fillSelect('severity', (row) => row.severity);
  fillSelect('kind', (_, member) => member.kind);
  fillSelect('unit', (_, member) => member.unit);
  search.addEventListener('input', apply);
  grouped.addEventListener('change', apply);
  reset.addEventListener('click', clear);
  find('back').addEventListener('click', () => {
    document.body.classList.remove('open');
    find('list').focus();
  });
  document.querySelectorAll('[data-part]').forEach((element) => {
    const at = Number(element.getAttribute('data-part'));
    element.addEventListener('click', () => {
      choosePart(at);
    });
    element.addEventListener('keydown', (event) => {
      if (!['Enter', ' '].includes(event.key)) return;
      event.preventDefault();
      choosePart(at);
    });
  });
  document.addEventListener('keydown', (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? '');
    if (event.key === '/' && !typing) {
      event.preventDefault();
      search.focus();
    } else if (event.key === 'Escape') {
      if (document.activeElement === search && search.value !== '') clear();
      document.body.classList.remove('open');
      find('list').focus();
    } else if (
      (event.key === 'j' || event.key === 'k') &&
      !typing &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey
    ) {
      find('list').focus();
      list.move(event.key === 'j' ? 1 : -1);
    }
  });
  apply();
}
