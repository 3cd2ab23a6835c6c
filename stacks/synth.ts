import { TerraformResource } from 'cdktf';
import { version as cdktfVersion } from 'cdktf/package.json';
import { type IConstruct, RootConstruct } from 'constructs';
import type { Platform } from '../src/model';
import type { OutputFile, SourceEntry, Synthesized } from '../src/output';
import { EphemeralPassword } from '../src/google';
import { findMoves, moveResources, renderMoves } from './moves';
import { originOf } from './origin';
import type { PlatformStack } from './platform-stack';
import { addStacks } from './platform-stacks';
import { stableJson } from './stable-json';
import { terraformJson } from './terraform-json';

/**
 * Which Terraform reads a stack. It is a file of its own because checkov cannot parse a JSON file that says it, and
 * would then check nothing of the stack.
 */
const versions = `# The first version with write-only arguments, which keep passwords out of the state.
terraform {
  required_version = ">= 1.11"
}
`;

/** How the addresses of what is no resource begin. */
const ephemeral = 'ephemeral.';

/**
 * Synthesizes the Terraform of a platform: what cdktf's `App.synth` would write into `cdktf.out`, byte for byte, and
 * beside each stack the version of Terraform that it needs.
 *
 * It is done in memory and without cdktf's `App`, which reads environment variables and makes folders when it is
 * constructed.
 */
export function synthStacks(platform: Platform): Synthesized {
  const stacks = build(platform);
  const { renames } = platform;
  const current = renames === null ? [] : build(renames.platform);
  const parts = stacks.map((stack, index) => {
    stack.runAllValidations();
    const former = sourcesOf(stack);
    const moves = findMoves(former, current.slice(index, index + 1).flatMap(sourcesOf), renames?.keys ?? []);
    const json = moveResources(terraformJson(stack), moves);
    const moved = renderMoves(moves);
    const file = `${folderOf(stack)}/cdk.tf.json`;
    const files: OutputFile[] = [
      { path: file, content: stableJson(json) },
      { path: `${folderOf(stack)}/versions.tf`, content: versions },
      ...(moved === '' ? [] : [{ path: `${folderOf(stack)}/moved.tf`, content: moved }]),
    ];
    return {
      files,
      document: { unit: folderOf(stack), file, value: json },
      sources: former.map((entry) => moves.get(entry.address) ?? entry),
    };
  });
  const sources = parts.flatMap((part) => part.sources);
  return {
    files: [{ path: 'manifest.json', content: manifest(stacks) }, ...parts.flatMap((part) => part.files)],
    documents: parts.map(({ document }) => document),
    sources,
    resources: sources.filter(({ address }) => !address.startsWith(ephemeral)).length,
  };
}

function build(platform: Platform): PlatformStack[] {
  const root = new RootConstruct('');
  root.node.setContext('cdktfVersion', cdktfVersion);
  return addStacks(root, platform);
}

function folderOf(stack: PlatformStack): string {
  return `stacks/${stack.node.id}`;
}

/** What the command line of cdktf reads: which stacks there are, and in which order. */
function manifest(stacks: readonly PlatformStack[]): string {
  return stableJson({
    version: cdktfVersion,
    stacks: Object.fromEntries(
      stacks.map((stack) => [
        stack.node.id,
        {
          name: stack.node.id,
          constructPath: stack.node.path,
          workingDirectory: folderOf(stack),
          synthesizedStackPath: `${folderOf(stack)}/cdk.tf.json`,
          stackMetadataPath: `${folderOf(stack)}/metadata.json`,
          annotations: [],
          dependencies: stack.dependencies.map((dependency) => dependency.node.path),
        },
      ]),
    ),
  });
}

function sourcesOf(stack: PlatformStack): SourceEntry[] {
  return stack.node.findAll().flatMap((construct): SourceEntry[] => {
    const address = addressOf(construct);
    if (address === undefined) return [];
    return [{ unit: folderOf(stack), address, construct: construct.node.path, origin: originOf(construct) }];
  });
}

function addressOf(construct: IConstruct): string | undefined {
  if (TerraformResource.isTerraformResource(construct)) {
    return `${construct.terraformResourceType}.${construct.friendlyUniqueId}`;
  }
  if (construct instanceof EphemeralPassword)
    return `${ephemeral}random_password.${construct.friendlyUniqueId}`;
  return undefined;
}
