import type { PageElement, PageWindow } from './dom';

/** A list of which only what is in sight is in the document. */
export interface VirtualList {
  /** Shows so many rows, from the first. */
  readonly fill: (count: number) => void;
  readonly choose: (at: number, open: boolean) => void;
  /** Chooses the row that is so many further down. */
  readonly move: (by: number) => void;
}

/**
 * Makes a box a list of rows of one height: ten thousand of them cost what a screen of them costs. Needs nothing around
 * itself: the page takes its source.
 */
export function createList(
  window: PageWindow,
  box: PageElement,
  draw: (element: PageElement, at: number) => void,
  choose: (at: number, open: boolean) => void,
): VirtualList {
  const { document } = window;
  const rowHeight = 56;
  const spare = 8;
  const inner = document.createElement('div');
  inner.className = 'inner';
  inner.setAttribute('role', 'presentation');
  box.replaceChildren(inner);
  let count = 0;
  let chosen = 0;
  let scheduled = false;
  const drawn = new Map<number, PageElement>();

  function paint(): void {
    scheduled = false;
    const first = Math.max(0, Math.floor(box.scrollTop / rowHeight) - spare);
    const last = Math.min(count - 1, Math.ceil((box.scrollTop + box.clientHeight) / rowHeight) + spare);
    for (const [at, element] of drawn) {
      if (at >= first && at <= last) continue;
      element.remove();
      drawn.delete(at);
    }
    for (let at = first; at <= last; at++) {
      if (drawn.has(at)) continue;
      const element = document.createElement('div');
      draw(element, at);
      element.id = `row-${String(at)}`;
      element.style.top = `${String(at * rowHeight)}px`;
      element.style.height = `${String(rowHeight)}px`;
      element.setAttribute('role', 'option');
      element.setAttribute('aria-posinset', String(at + 1));
      element.setAttribute('aria-setsize', String(count));
      element.addEventListener('click', () => {
        select(at, true);
      });
      drawn.set(at, element);
      inner.append(element);
    }
    for (const [at, element] of drawn) element.setAttribute('aria-selected', String(at === chosen));
    if (count > 0) box.setAttribute('aria-activedescendant', `row-${String(chosen)}`);
    else box.removeAttribute('aria-activedescendant');
  }

  function later(): void {
    if (scheduled) return;
    scheduled = true;
    window.requestAnimationFrame(paint);
  }

  function select(at: number, open: boolean): void {
    chosen = Math.max(0, Math.min(count - 1, at));
    const top = chosen * rowHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + rowHeight > box.scrollTop + box.clientHeight)
      box.scrollTop = top + rowHeight - box.clientHeight;
    paint();
    choose(chosen, open);
  }

  function fill(rows: number): void {
    count = rows;
    chosen = 0;
    drawn.clear();
    inner.replaceChildren();
    inner.style.height = `${String(count * rowHeight)}px`;
    box.scrollTop = 0;
    paint();
  }

  const page = () => Math.max(1, Math.floor(box.clientHeight / rowHeight) - 1);
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => {
      select(chosen + 1, false);
    },
    ArrowUp: () => {
      select(chosen - 1, false);
    },
    PageDown: () => {
      select(chosen + page(), false);
    },
    PageUp: () => {
      select(chosen - page(), false);
    },
    Home: () => {
      select(0, false);
    },
    End: () => {
      select(count - 1, false);
    },
    Enter: () => {
      select(chosen, true);
    },
  };
  box.addEventListener('keydown', (event) => {
    const act = keys[event.key];
    if (act === undefined || count === 0) return;
    event.preventDefault();
    act();
  });
  box.addEventListener('scroll', later);
  window.addEventListener('resize', later);
  return {
    fill,
    choose: select,
    move: (by) => {
      if (count > 0) select(chosen + by, false);
    },
  };
}
