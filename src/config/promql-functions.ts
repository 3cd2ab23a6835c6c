/** What a PromQL expression evaluates to. */
export type PromqlType = 'scalar' | 'vector' | 'matrix' | 'string';

/** What a function takes and gives. */
export interface PromqlFunction {
  readonly takes: readonly PromqlType[];
  /** How many of the last arguments may be left out. @default 0 */
  readonly optional?: number;
  /** Whether the last argument may be repeated. @default false */
  readonly repeats?: boolean;
  readonly gives: 'scalar' | 'vector';
}

/**
 * The functions of PromQL that are not experimental, by what they take. Facts of Prometheus 3.16, November 2026.
 * @see https://github.com/prometheus/prometheus/blob/main/promql/parser/functions.go
 */
const bySignature: readonly (PromqlFunction & { readonly names: string })[] = [
  {
    names:
      'abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count histogram_stddev histogram_stdvar histogram_sum ln log10 log2 rad sgn sin sinh sort sort_desc sqrt tan tanh timestamp',
    takes: ['vector'],
    gives: 'vector',
  },
  {
    names:
      'absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate last_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time',
    takes: ['matrix'],
    gives: 'vector',
  },
  {
    names: 'day_of_month day_of_week day_of_year days_in_month hour minute month year',
    takes: ['vector'],
    optional: 1,
    gives: 'vector',
  },
  { names: 'clamp', takes: ['vector', 'scalar', 'scalar'], gives: 'vector' },
  { names: 'clamp_max clamp_min', takes: ['vector', 'scalar'], gives: 'vector' },
  { names: 'histogram_fraction', takes: ['scalar', 'scalar', 'vector'], gives: 'vector' },
  { names: 'histogram_quantile', takes: ['scalar', 'vector'], gives: 'vector' },
  {
    names: 'label_join',
    takes: ['vector', 'string', 'string', 'string'],
    optional: 1,
    repeats: true,
    gives: 'vector',
  },
  { names: 'label_replace', takes: ['vector', 'string', 'string', 'string', 'string'], gives: 'vector' },
  { names: 'pi time', takes: [], gives: 'scalar' },
  { names: 'predict_linear', takes: ['matrix', 'scalar'], gives: 'vector' },
  { names: 'quantile_over_time', takes: ['scalar', 'matrix'], gives: 'vector' },
  { names: 'round', takes: ['vector', 'scalar'], optional: 1, gives: 'vector' },
  { names: 'scalar', takes: ['vector'], gives: 'scalar' },
  { names: 'vector', takes: ['scalar'], gives: 'vector' },
];

export const promqlFunctions: ReadonlyMap<string, PromqlFunction> = new Map(
  bySignature.flatMap(({ names, ...signature }) =>
    names.split(' ').map((name) => [name, signature] as const),
  ),
);

/** Aggregations that take something before what they aggregate. */
export const aggregationParameters: ReadonlyMap<string, PromqlType> = new Map([
  ['bottomk', 'scalar'],
  ['count_values', 'string'],
  ['quantile', 'scalar'],
  ['topk', 'scalar'],
]);

/** Those that Prometheus takes only with a feature flag. */
export const experimentalAggregations: ReadonlySet<string> = new Set(['limitk', 'limit_ratio']);
