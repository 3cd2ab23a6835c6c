import { createHash } from 'node:crypto';
import { plain } from '../render/plain';
import { costLine, headline } from '../render/rows';
import { escapeHtml } from '../render/markdown/escape';
import type { Review } from '../types';
import { startPage } from './app';
import { type PageData, rowsOf } from './data';
import { createDetail } from './detail';
import { diffLines } from './diff-lines';
import { matches, searchText } from './filter';
import { createList } from './list';
import { pageStyle } from './style';

/** A picture of a platform in which what changes is marked. */
export interface PageDrawing {
  readonly title: string;
  /** SVG without style; a marked part has `data-part` with its place in `parts`. */
  readonly markup: string;
  readonly width: number;
}

export interface PageDrawings {
  readonly drawings: readonly PageDrawing[];
  readonly style: string;
  readonly parts: PageData['parts'];
}

/** The functions of the page by their source: it loads nothing, so they are in it. */
const script = `(${startPage.toString()})(window, {
matches: ${matches.toString()},
searchText: ${searchText.toString()},
createList: ${createList.toString()},
createDetail: (document, box) => (${createDetail.toString()})(document, box, ${diffLines.toString()}),
});`;

/** The most notes that stand above the list; the rest is counted. */
const mostNotes = 50;

/**
 * A review as one page that asks nothing of anybody: its own style and script, known by their hashes, and its data as
 * JSON that nothing runs.
 */
export function renderPage(review: Review, drawings?: PageDrawings): string {
  const data: PageData = { rows: rowsOf(review), parts: drawings?.parts ?? [] };
  // Smaller than this the words of a drawing cannot be read; a narrow screen scrolls instead.
  const widths = (drawings?.drawings ?? [])
    .map(({ width }, at) => `#drawing-${String(at)} svg{min-width:${String(Math.round(width * 0.8))}px}`)
    .join('');
  const style = `${pageStyle}\n${drawings?.style ?? ''}\n${widths}`;
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policyFor(style)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeHtml(headline(review))} – review of the change</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<header>',
    '<h1>Review of the change</h1>',
    `<p class="headline">${escapeHtml(headline(review))}</p>`,
    ...facts(review),
    '</header>',
    ...(drawings?.drawings ?? []).map(
      ({ title, markup }, at) =>
        `<details class="drawing" id="drawing-${String(at)}"><summary>The platform ${escapeHtml(plain(title))}, with what changes</summary><figure tabindex="0" aria-label="Picture of the platform">${markup}</figure></details>`,
    ),
    '<noscript><p>The list needs the script of this page, which loads nothing from anywhere.</p></noscript>',
    controls,
    '<main>',
    '<div id="list" role="listbox" tabindex="0" aria-label="Changes"></div>',
    '<div class="side"><button id="back" type="button">← All changes</button><div id="detail" tabindex="-1" role="region" aria-label="The chosen change" aria-live="polite"></div></div>',
    '</main>',
    // In JSON only a text can hold this character, which could end the element.
    `<script id="data" type="application/json">${JSON.stringify(data).replace(/</g, '\\u003c')}</script>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function policyFor(style: string): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;
}

const controls = [
  '<div class="controls" role="search">',
  '<input id="search" type="search" placeholder="Search (press /)" aria-label="Search" autocomplete="off" spellcheck="false">',
  ...(['action', 'severity', 'kind', 'unit'] as const).map((name) => {
    const label = {
      action: 'Every action',
      severity: 'Every severity',
      kind: 'Every kind',
      unit: 'Every stack and cluster',
    }[name];
    return `<select id="${name}" aria-label="${label}"><option value="">${label}</option></select>`;
  }),
  '<label class="toggle"><input id="grouped" type="checkbox" checked> Same edit once</label>',
  '<button id="reset" type="button" hidden>Show all</button>',
  '<span id="part" hidden></span>',
  '<span id="count" role="status"></span>',
  '</div>',
].join('\n');

/** What is true of the change as a whole. */
function facts({ diagnostics, gates, cost }: Review): string[] {
  const line = costLine(cost);
  const notes = diagnostics.slice(0, mostNotes);
  const more = diagnostics.length - notes.length;
  return [
    ...(gates.length === 0
      ? []
      : [
          `<ul class="gates" aria-label="Gates">${gates
            .map(
              ({ name, result, because }) =>
                `<li class="${result}"><b>${result}</b> <code>${escapeHtml(plain(name))}</code> ${escapeHtml(plain(because))}</li>`,
            )
            .join('')}</ul>`,
        ]),
    ...(line === null ? [] : [`<p class="cost">Cost: ${escapeHtml(line)}</p>`]),
    ...(notes.length === 0
      ? []
      : [
          `<ul class="notes" aria-label="Notes">${notes
            .map(
              ({ level, file, line: at, message }) =>
                `<li class="${level}"><b>${level}</b> <code>${escapeHtml(plain(`${file}:${String(at)}`))}</code> ${escapeHtml(plain(message))}</li>`,
            )
            .join('')}${more > 0 ? `<li>and ${String(more)} more</li>` : ''}</ul>`,
        ]),
  ];
}
