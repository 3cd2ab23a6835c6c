import type { EdgeKind, NodeKind } from './graph';
import { sizes } from './metrics';
import { accents, edgeAccents, fontFamily, markAccents, neutrals, type Shade } from './palette';

/** Plain rules and no custom properties: editors and converters of SVG know the former only. */
export const svgStyle = [
  `.tl{font-family:${fontFamily}}`,
  `.tl .tl-group-title{font-size:${String(sizes.group)}px;font-weight:700}`,
  `.tl .tl-title{font-size:${String(sizes.title)}px;font-weight:700}`,
  `.tl .tl-caption{font-size:${String(sizes.caption)}px;font-weight:700}`,
  `.tl .tl-line{font-size:${String(sizes.line)}px}`,
  `.tl .tl-label text{font-size:${String(sizes.edge)}px}`,
  '.tl .tl-heading text{paint-order:stroke;stroke-width:5;stroke-linejoin:round}',
  '.tl .tl-curve{fill:none;stroke-width:1.4}',
  '.tl .tl-edge-part-of .tl-curve{stroke-width:2}',
  '.tl .tl-edge-placement .tl-curve,.tl .tl-edge-image .tl-curve,.tl .tl-edge-network .tl-curve{stroke-dasharray:4 3}',
  '.tl .tl-empty>rect{stroke-dasharray:4 3}',
  ...coloured('light'),
  `@media (prefers-color-scheme:dark){${coloured('dark').join('')}}`,
  // Paper is white whatever the screen was.
  `@media print{${coloured('light').join('')}}`,
].join('\n');

function coloured(shade: keyof Shade): string[] {
  const rule = (selector: string, property: string, colour: Shade) =>
    `.tl ${selector}{${property}:${colour[shade]}}`;
  return [
    rule('.tl-page', 'fill', neutrals.page),
    rule('.tl-group>rect', 'stroke', neutrals.frame),
    ...neutrals.grounds.flatMap((ground, depth) => [
      rule(`.tl-depth-${String(depth)}>rect`, 'fill', ground),
      rule(`.tl-on-${String(depth)} text`, 'stroke', ground),
    ]),
    rule('.tl-node>rect', 'fill', neutrals.card),
    rule('.tl-node>rect', 'stroke', neutrals.frame),
    rule('text', 'fill', neutrals.ink),
    rule('.tl-line', 'fill', neutrals.muted),
    rule('.tl-label>rect', 'fill', neutrals.card),
    rule('.tl-label>rect', 'stroke', neutrals.frame),
    ...(Object.entries(accents) as [NodeKind, Shade][]).flatMap(([kind, colour]) => [
      rule(`.tl-${kind} .tl-stripe`, 'fill', colour),
      rule(`.tl-${kind} .tl-caption`, 'fill', colour),
    ]),
    ...(Object.entries(edgeAccents) as [EdgeKind, Shade][]).flatMap(([kind, colour]) => [
      rule(`.tl-edge-${kind} .tl-curve`, 'stroke', colour),
      rule(`.tl-edge-${kind} .tl-arrow`, 'fill', colour),
      rule(`.tl-edge-${kind} text`, 'fill', colour),
    ]),
  ];
}

/** What changes stands out, and the rest steps back. */
export const markStyle = [
  '.tl-mark>rect{stroke-width:2.5}',
  '.tl .tl-badge text{font-size:11px;font-weight:700}',
  '.tl .tl-heading .tl-badge text{stroke:none}',
  '.tl-mark:focus-visible>rect,.tl-mark[aria-pressed=true]>rect{stroke-width:4.5}',
  '.tl-mark:focus-visible .tl-group-title,.tl-mark[aria-pressed=true] .tl-group-title{text-decoration:underline}',
  ...marked('light'),
  `@media (prefers-color-scheme:dark){${marked('dark').join('')}}`,
].join('\n');

function marked(shade: keyof Shade): string[] {
  return Object.entries(markAccents).flatMap(([level, colour]) => [
    `.tl .tl-mark-${level}.tl-node>rect{stroke:${colour[shade]}}`,
    `.tl .tl-mark-${level} .tl-badge rect{fill:${colour[shade]};stroke:none}`,
    `.tl .tl-mark-${level} .tl-badge text{fill:${neutrals.page[shade]}}`,
  ]);
}
