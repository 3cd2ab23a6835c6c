import { isTree, type Diagnostic, type Tree } from '../types';

/** A resource as it stands in Terraform JSON; nothing evaluated. */
export interface RawResource {
  /** `google_storage_bucket.logs`; `data.` and `ephemeral.` are not kept: nobody destroys them. */
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly body: Tree;
  /** The file it stands in. */
  readonly file: string;
}

export interface ModuleCall {
  readonly file: string;
  readonly body: Tree;
}

export interface Moved {
  readonly from: string;
  readonly to: string;
}

/** All Terraform JSON of one folder. */
export interface Stack {
  /** Null for a folder without a name of its own. */
  readonly name: string | null;
  readonly resources: readonly RawResource[];
  readonly locals: Tree;
  readonly variables: Tree;
  readonly providers: Tree;
  readonly moved: readonly Moved[];
  /** Addresses that Terraform forgets, and whether it destroys what they stand for. */
  readonly removed: ReadonlyMap<string, boolean>;
  /** Addresses that are imported instead of created. */
  readonly imports: ReadonlySet<string>;
  /** What is only read, by addresses such as `data.google_iam_policy.admins`. */
  readonly data: readonly RawResource[];
  /** Calls of modules, whose inside nobody sees here. */
  readonly modules: ReadonlyMap<string, ModuleCall>;
  readonly diagnostics: readonly Diagnostic[];
}

/** A file of a stack: parsed JSON, or the text of one in Terraform's own language, read for its `moved` blocks only. */
export interface StackFile {
  readonly file: string;
  readonly value?: unknown;
  readonly text?: string;
}

/** Joins the files of one folder into a stack, as Terraform does. */
export function stackFrom(name: string | null, files: readonly StackFile[]): Stack {
  const resources = new Map<string, RawResource>();
  const diagnostics: Diagnostic[] = [];
  let locals: Tree = {};
  let variables: Tree = {};
  let providers: Tree = {};
  const moved: Moved[] = [];
  const removed = new Map<string, boolean>();
  const imports = new Set<string>();
  const modules = new Map<string, ModuleCall>();
  const data: RawResource[] = [];
  for (const { file, value, text } of [...files].sort(
    (one, other) => Number(overrides(one)) - Number(overrides(other)),
  )) {
    if (text !== undefined) moved.push(...movedIn(text));
    for (const part of treesOf(value)) {
      locals = { ...locals, ...merged(part.locals) };
      variables = { ...variables, ...merged(part.variable) };
      providers = { ...providers, ...merged(part.provider) };
      for (const block of treesOf(part.moved)) {
        moved.push({ from: addressIn(block.from), to: addressIn(block.to) });
      }
      for (const block of treesOf(part.removed)) {
        const [lifecycle] = treesOf(block.lifecycle);
        removed.set(addressIn(block.from), lifecycle?.destroy !== false);
      }
      for (const source of resourcesIn(part.data, file)) {
        data.push({ ...source, address: `data.${source.address}`, type: `data.${source.type}` });
      }
      for (const block of treesOf(part.import)) imports.add(addressIn(block.to));
      for (const calls of treesOf(part.module)) {
        for (const [call, bodies] of Object.entries(calls)) {
          for (const body of treesOf(bodies)) modules.set(call, { file, body });
        }
      }
      for (const resource of resourcesIn(part.resource, file)) {
        const same = resources.get(resource.address);
        if (same === undefined) resources.set(resource.address, resource);
        else if (overrides({ file })) {
          resources.set(resource.address, { ...same, body: { ...same.body, ...resource.body } });
        } else {
          diagnostics.push({
            level: 'error',
            file,
            line: 1,
            message: `${resource.address} stands twice in this stack, here and in ${same.file}; Terraform refuses that, and only the first is reviewed`,
          });
        }
      }
    }
  }
  return {
    name,
    resources: [...resources.values()],
    locals,
    variables,
    providers,
    moved,
    removed,
    imports,
    data,
    modules,
    diagnostics,
  };
}

/** Terraform lays such a file over the others. */
function overrides({ file }: Pick<StackFile, 'file'>): boolean {
  return /(^|\/|_)override\.tf\.json$/.test(file);
}

function resourcesIn(section: unknown, file: string): RawResource[] {
  return treesOf(section).flatMap((types) =>
    Object.entries(types).flatMap(([type, named]) =>
      treesOf(named).flatMap((names) =>
        Object.entries(names).flatMap(([name, bodies]) =>
          treesOf(bodies).map((body) => ({ address: `${type}.${name}`, type, name, body, file })),
        ),
      ),
    ),
  );
}

/** Terraform JSON takes an object or a list of objects wherever blocks may stand. */
export function treesOf(value: unknown): readonly Tree[] {
  return Array.isArray(value) ? value.filter(isTree) : isTree(value) ? [value] : [];
}

function merged(value: unknown): Tree {
  return Object.assign({}, ...treesOf(value)) as Tree;
}

/** Addresses are written bare, or as an expression. */
function addressIn(value: unknown): string {
  return typeof value === 'string' ? value.replace(/^\$\{\s*(.*?)\s*\}$/, '$1') : '';
}

/** The `moved` blocks of a file in Terraform's own language; such a block holds two addresses and nothing else. */
function movedIn(text: string): Moved[] {
  return [...text.matchAll(/^\s*moved\s*\{([^}]*)\}/gm)].flatMap(([, inner = '']) => {
    const [from, to] = ['from', 'to'].map(
      (key) => new RegExp(`^\\s*${key}\\s*=\\s*(\\S+)\\s*$`, 'm').exec(inner)?.[1],
    );
    return from === undefined || to === undefined ? [] : [{ from, to }];
  });
}
