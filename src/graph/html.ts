import { createHash } from 'node:crypto';
import type { Platform } from '../model/platform';
import { buildGraph, titleOf } from './build';
import { factsOf, tablesOf } from './facts';
import { pageStyle } from './page-style';
import { drawGraph } from './svg';
import { svgStyle } from './svg-style';
import { escapeXml } from './text';

/**
 * The platforms as one page that asks nothing of anybody: no script, no font, no request. It is well-formed XML as well,
 * so that any parser can tell whether a name broke out of its place.
 */
export async function renderHtml(platforms: readonly Platform[]): Promise<string> {
  const title = [...new Set(platforms.map((platform) => platform.name))].join(', ');
  const drawings = await Promise.all(
    platforms.map((platform) => drawGraph(buildGraph(platform), { style: false })),
  );
  const style = [
    pageStyle,
    svgStyle,
    // Smaller than this the words in it cannot be read; a narrow screen scrolls instead.
    `@media screen{${drawings.map(({ width }, i) => `#${anchorOf(i)} svg{min-width:${String(Math.round(width * 0.85))}px}`).join('')}}`,
  ].join('\n');
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8" />',
    `<meta http-equiv="Content-Security-Policy" content="${policyFor(style)}" />`,
    '<meta name="viewport" content="width=device-width, initial-scale=1" />',
    '<meta name="color-scheme" content="light dark" />',
    '<meta name="referrer" content="no-referrer" />',
    `<title>${escapeXml(title)} – data platform</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    `<header><p class="over">Data platform on Google Cloud</p><h1>${escapeXml(title)}</h1>${navigation(platforms)}</header>`,
    '<main>',
    ...platforms.map((platform, i) => section(platform, i, drawings[i]?.markup ?? '')),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** Nothing but this one style, known by its hash; no script, and nothing from anywhere. */
function policyFor(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

/** Links to the environments, where there are several. */
function navigation(platforms: readonly Platform[]): string {
  if (platforms.length < 2) return '';
  const links = platforms.map(
    (platform, i) => `<a href="#${anchorOf(i)}">${escapeXml(platform.environment ?? platform.name)}</a>`,
  );
  return `<nav aria-label="Environments">${links.join('')}</nav>`;
}

function anchorOf(i: number): string {
  return `environment-${String(i + 1)}`;
}

function section(platform: Platform, i: number, drawing: string): string {
  const heading =
    platform.environment === null
      ? ''
      : `<h2 class="environment">${escapeXml(platform.environment)}${platform.production && platform.environment !== 'production' ? '<span class="badge">production</span>' : ''}</h2>`;
  return [
    `<section id="${anchorOf(i)}" aria-label="${escapeXml(titleOf(platform))}">`,
    heading,
    `<dl class="facts">${factsOf(platform)
      .map(({ term, value }) => `<div><dt>${escapeXml(term)}</dt><dd>${escapeXml(value)}</dd></div>`)
      .join('')}</dl>`,
    // A frame that scrolls must be reachable by keyboard.
    `<figure tabindex="0" aria-label="${escapeXml(`Picture of ${titleOf(platform)}`)}">${drawing}</figure>`,
    ...tablesOf(platform).map(
      ({ title, columns, rows }) =>
        `<h3>${escapeXml(title)} <span class="count">${String(rows.length)}</span></h3>
<div class="scroll"><table><thead><tr>${columns.map((column) => `<th scope="col">${escapeXml(column)}</th>`).join('')}</tr></thead>
<tbody>${rows.map((cells) => tableRow(columns, cells)).join('\n')}</tbody></table></div>`,
    ),
    '</section>',
  ].join('\n');
}

/** Each cell knows its column, so that a narrow screen can write it beside the value. */
function tableRow(columns: readonly string[], cells: readonly string[]): string {
  const [first = '', ...rest] = cells;
  const name = `<th scope="row">${breakable(first)}</th>`;
  const others = rest.map(
    (cell, i) => `<td data-column="${escapeXml(columns[i + 1] ?? '')}">${breakable(cell)}</td>`,
  );
  return `<tr>${name}${others.join('')}</tr>`;
}

/** Long names may break after their punctuation. */
function breakable(text: string): string {
  return text === ''
    ? '–'
    : text
        .split(/(?<=[-_/.@:])/)
        .map(escapeXml)
        .join('<wbr />');
}
