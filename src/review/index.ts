/**
 * The review of a change: two outputs in, what the change really does out. Looks only at what was synthesized, of
 * whatever origin, and at prices and facts that are data of the package.
 */
export { parsePrices, type PriceTable } from './cost';
export { documentsIn, type SideDocument } from './input/documents';
export { readSide, type Side } from './input/side';
export { type PageDrawing, type PageDrawings, renderPage } from './page/html';
export { markdownLimit, renderMarkdown } from './render/markdown';
export { kindOf } from './render/names';
export { renderText, type TextOptions } from './render/text';
export { gateForms, gateFrom, type GateWaiver, type Objection, withGates } from './gates';
export { readReview } from './read-review';
export { isSilent } from './render/rows';
export { review } from './review';
export type {
  AccessChange,
  Action,
  Change,
  Confidence,
  Cost,
  Diagnostic,
  GateResult,
  PathChange,
  Review,
  Severity,
  Source,
} from './types';
