/** The part of a browser that the page uses. The types of all of it would be those of this program as well, where most of it is not. */
export interface PageWindow {
  readonly document: PageDocument;
  requestAnimationFrame(draw: () => void): void;
  addEventListener(type: 'resize', listener: () => void): void;
}

export interface PageDocument {
  readonly body: PageElement;
  readonly activeElement: PageElement | null;
  getElementById(id: string): PageElement | null;
  createElement(tag: string): PageElement;
  /** No array, but it has forEach as one. */
  querySelectorAll(selector: string): Pick<readonly PageElement[], 'forEach'>;
  addEventListener(type: 'keydown', listener: (event: PageKey) => void): void;
}

export interface PageKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  preventDefault(): void;
}

/** An element; `value` and `checked` are those of a control. */
export interface PageElement {
  id: string;
  className: string;
  title: string;
  hidden: boolean;
  value: string;
  checked: boolean;
  textContent: string;
  scrollTop: number;
  readonly clientHeight: number;
  readonly tagName: string;
  readonly style: { top: string; height: string };
  readonly classList: { add(name: string): void; remove(name: string): void };
  append(...parts: readonly (PageElement | string)[]): void;
  replaceChildren(...parts: readonly PageElement[]): void;
  remove(): void;
  focus(): void;
  scrollIntoView(options: { readonly block: 'nearest' }): void;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  addEventListener(type: 'keydown', listener: (event: PageKey) => void): void;
  addEventListener(type: 'click' | 'input' | 'change' | 'scroll', listener: () => void): void;
}
