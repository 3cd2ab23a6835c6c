import { renderHtml, renderMermaid, renderSvg } from '../../src/graph';
import type { Platform } from '../../src/model';
import { elements, parseXml } from './markup';
import { example, hostileNames, renamed } from './platforms';

const gitlab = example('gitlab-meltano');
/** A pipeline, a secret, the project and a plugin with that name. */
const named = (name: string) =>
  ['xactly', 'tap-secrets', 'gitlab-analysis', 'tap-edcast'].reduce(
    (platform, from) => renamed(platform, from, name),
    gitlab,
  );
/** Control characters beside the line feed, and those that turn the text around them. */
const invisible = (text: string) => text.match(/(?!\n)[\p{Cc}\p{Cs}\u202a-\u202e]/gu) ?? [];
const svgElements = ['g', 'path', 'rect', 'style', 'svg', 'text', 'title'];
const htmlElements =
  'body dd div dl dt figure g h1 h3 head header html main meta p path rect section span style svg table tbody td text th thead title tr wbr'.split(
    ' ',
  );
const names = hostileNames.map((name) => ({ name }));

describe('a hostile name', () => {
  it.each(names)('stays text in Mermaid: $name', ({ name }) => {
    const lines = renderMermaid(named(name)).split('\n');
    expect(lines).toHaveLength(renderMermaid(gitlab).split('\n').length);
    for (const line of lines) {
      // A label may hold our own three tags, letters, digits, entity codes and harmless punctuation.
      const bare = line.replace(/"(?:<b>|<\/b>|<br\/>|#\d+;|[\p{L}\p{N} ,./-])*"/gu, 'LABEL');
      expect(bare).toMatch(
        /^ *(flowchart LR|direction LR|end|subgraph \w+\[LABEL\]|\w+\[LABEL\]:::[a-z]+|\w+ [-=.]+>\|LABEL\| \w+|classDef [a-z]+ stroke:#[0-9a-f]{6},stroke-width:2px|)$/,
      );
    }
  });

  it.each(names)('stays text in SVG and HTML: $name', async ({ name }) => {
    for (const [render, known] of [
      [renderSvg, svgElements],
      [(platform: Platform) => renderHtml([platform]), htmlElements],
    ] as const) {
      const text = await render(named(name));
      expect(elements(parseXml(text))).toEqual(known);
      expect(invisible(text)).toEqual([]);
    }
  });

  it('can be read in the page as it was written', async () => {
    const name = '</title></svg><img src=x onerror=alert(1)>';
    const page = parseXml(await renderHtml([named(name)]));
    expect(page.documentElement?.textContent).toContain(name);
  });
});
