import type { Synthesized } from '../../src/output';

/** A block of Terraform's JSON. */
export type Block = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** `cdk.tf.json` of one stack. */
export interface StackJson {
  readonly terraform: { readonly backend: Block; readonly required_providers: Block };
  readonly provider: Readonly<Record<string, readonly Block[]>>;
  readonly resource?: Blocks;
  readonly ephemeral?: Blocks;
  readonly data?: Blocks;
}

/** One resource with its address. */
export interface Resource {
  readonly stack: string;
  readonly type: string;
  readonly name: string;
  /** `TYPE.NAME`. */
  readonly address: string;
  readonly values: Block;
}

export const stackNames = ['bootstrap', 'foundation', 'data', 'cluster', 'operations'] as const;

/** The text of a file. */
export function fileOf({ files }: Synthesized, path: string): string {
  const file = files.find((one) => one.path === path);
  if (file === undefined) throw new Error(`${path} is not among ${files.map((one) => one.path).join(', ')}`);
  return file.content;
}

/** The JSON of a stack. */
export function stackOf(synthesized: Synthesized, stack: string): StackJson {
  return JSON.parse(fileOf(synthesized, `stacks/${stack}/cdk.tf.json`)) as StackJson;
}

/** Every resource of the platform, or of one stack. */
export function resourcesOf(synthesized: Synthesized, only?: string): Resource[] {
  return stackNames
    .filter((stack) => only === undefined || stack === only)
    .flatMap((stack) =>
      Object.entries(stackOf(synthesized, stack).resource ?? {}).flatMap(([type, byName]) =>
        Object.entries(byName).map(([name, values]) => ({
          stack,
          type,
          name,
          address: `${type}.${name}`,
          values,
        })),
      ),
    );
}

/** Addresses of the resources of its stack that a resource refers to or says that it depends on. */
export function dependenciesOf({ values }: Resource): string[] {
  const { depends_on, ...rest } = values;
  const references = JSON.stringify(rest).matchAll(/\$\{(google_[a-z_]+\.[A-Za-z0-9_-]+)\./g);
  return [...((depends_on ?? []) as string[]), ...[...references].flatMap(([, address]) => address ?? [])];
}
