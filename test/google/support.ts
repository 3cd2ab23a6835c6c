import { TerraformStack } from 'cdktf';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { RootConstruct } from 'constructs';

/** A block of Terraform's JSON. */
export type Block = Readonly<Record<string, unknown>>;

/** Terraform's JSON of one stack. */
export interface Synthesis {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly ephemeral?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly terraform: Block;
}

export const project = 'analysis-1';

/** Builds constructs in a stack, validates them and synthesizes. */
export function synthesize(build: (stack: TerraformStack) => unknown): Synthesis {
  const stack = new TerraformStack(new RootConstruct(''), 'test');
  new GoogleProvider(stack, 'google', { project });
  build(stack);
  stack.prepareStack();
  stack.runAllValidations();
  return stack.toTerraform() as Synthesis;
}

/** Builds constructs and gives one resource of them. */
export function resourceOf(
  type: string,
  address: string,
  build: (stack: TerraformStack) => unknown,
): Block | undefined {
  return synthesize(build).resource[type]?.[address];
}
