import type { EdgeKind, NodeKind } from './graph';
import type { MarkLevel } from './marks';

/** A colour on light and on dark ground. */
export interface Shade {
  readonly light: string;
  readonly dark: string;
}

/** The colour of what a node is; dark enough, or light enough, to be read as small text. */
export const accents: Readonly<Record<NodeKind, Shade>> = {
  pipeline: { light: '#0f766e', dark: '#4fd1c2' },
  meltano: { light: '#6d3fc4', dark: '#b79cf5' },
  airflow: { light: '#1d5fbf', dark: '#7fb2f7' },
  job: { light: '#57606f', dark: '#a9b2c0' },
  pool: { light: '#57606f', dark: '#a9b2c0' },
  database: { light: '#1d5fbf', dark: '#7fb2f7' },
  bucket: { light: '#9a5b00', dark: '#e8b457' },
  secret: { light: '#b3264e', dark: '#f591ab' },
  registry: { light: '#3b7a1e', dark: '#93cf72' },
  network: { light: '#57606f', dark: '#a9b2c0' },
  empty: { light: '#8a93a3', dark: '#79828f' },
};

/** The colour of an edge: that of what it leads to. */
export const edgeAccents: Readonly<Record<EdgeKind, Shade>> = {
  'part-of': accents.pipeline,
  database: accents.database,
  secret: accents.secret,
  bucket: accents.bucket,
  placement: accents.pool,
  image: accents.registry,
  network: accents.network,
};

/** The colour of what changes, by how much it matters. */
export const markAccents: Readonly<Record<MarkLevel, Shade>> = {
  danger: { light: '#b3261e', dark: '#ff9088' },
  warning: { light: '#8a5a00', dark: '#e8b457' },
  notice: { light: '#1d5fbf', dark: '#7fb2f7' },
  info: { light: '#1d5fbf', dark: '#7fb2f7' },
};

/** Everything that is no accent. */
export const neutrals = {
  page: { light: '#ffffff', dark: '#14171c' },
  frame: { light: '#d5dae2', dark: '#39414d' },
  /** Groups by depth, from the outside inwards. */
  grounds: [
    { light: '#f7f8fa', dark: '#191d23' },
    { light: '#eef1f5', dark: '#20252d' },
    { light: '#e5e9ef', dark: '#282e38' },
  ],
  card: { light: '#ffffff', dark: '#12151a' },
  ink: { light: '#1b2029', dark: '#e8ebf0' },
  muted: { light: '#515a69', dark: '#a9b2c0' },
} as const;

/** Metrics of this stack are known well enough to lay a picture out before it is drawn. */
export const fontFamily = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif";
