import { readFileSync } from 'node:fs';
import { dataFile } from '../terraform/provider-facts';
import { isTree } from '../types';

type ByRegion = Readonly<Record<string, number>>;

/** Prices in US dollars, each with the source that it is from. */
export interface PriceTable {
  readonly currency: 'USD';
  /** Where the prices are from, and of which day they are. */
  readonly sources: Readonly<
    Record<string, { readonly from: string; readonly url?: string; readonly date: string }>
  >;
  /** By series (`e2`), region by region. */
  readonly machines: Readonly<
    Record<string, { readonly source: string; readonly vcpuHour: ByRegion; readonly memoryGbHour: ByRegion }>
  >;
  /** Machines that have a price of their own. */
  readonly machineTypes: Readonly<Record<string, { readonly source: string; readonly hour: ByRegion }>>;
  readonly disksGbMonth: Readonly<Record<string, { readonly source: string; readonly month: ByRegion }>>;
  readonly sql: {
    readonly source: string;
    readonly vcpuHour: ByRegion;
    readonly memoryGbHour: ByRegion;
    readonly ssdGbMonth: ByRegion;
    readonly publicAddressMonth: number;
  };
  /** Lowest and highest a month. */
  readonly fees: Readonly<
    Record<
      'clusterMonth' | 'addressMonth' | 'forwardingRuleMonth' | 'natMonth',
      { readonly source: string; readonly month: readonly [number, number] }
    >
  >;
}

let own: PriceTable | undefined;

/**
 * The table of the package.
 *
 * @see data/google-prices.json, where each price names its source and day
 */
export function ownPrices(): PriceTable {
  own ??= JSON.parse(readFileSync(dataFile('google-prices.json'), 'utf8')) as PriceTable;
  return own;
}

const sections = ['sources', 'machines', 'machineTypes', 'disksGbMonth', 'sql', 'fees'] as const;

/** A table that a user wrote in the form of ours; a text says what is wrong with it. */
export function parsePrices(text: string): PriceTable | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  if (!isTree(value)) return `it is no object with ${sections.join(', ')}`;
  const missing = sections.filter((name) => !isTree(value[name]));
  if (missing.length > 0) return `it lacks ${missing.join(', ')}`;
  const table = value as unknown as PriceTable;
  const named = [
    ...[table.machines, table.machineTypes, table.disksGbMonth, table.fees].flatMap((group) =>
      Object.entries(group),
    ),
    ['sql', table.sql] as const,
  ];
  for (const [name, entry] of named) {
    const source: unknown = isTree(entry) ? entry.source : undefined;
    const found = typeof source === 'string' ? table.sources[source] : undefined;
    if (found === undefined) return `${name} names no source of sources`;
    if (!/^\d{4}-\d\d-\d\d$/.test(found.date)) return `the source of ${name} has no date such as 2027-03-31`;
  }
  const wrong = firstWrong({ ...value, sources: undefined }, '');
  return wrong === undefined ? table : `${wrong} is no amount`;
}

/** The path of the first number that is no price. */
function firstWrong(value: unknown, path: string): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? undefined : path;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const wrong = firstWrong(item, path === '' ? key : `${path}.${key}`);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
