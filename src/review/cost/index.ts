export { costOf } from './cost';
export { ownPrices, parsePrices, type PriceTable } from './prices';
