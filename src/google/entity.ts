import type { ITerraformDependable } from 'cdktf';

/** What every construct of this folder takes. */
export interface EntityProps {
  /**
   * What must exist before it and is not referred to by it, above all the APIs that it needs.
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** What every construct of this folder takes that is made in a project. */
export interface ProjectEntityProps extends EntityProps {
  /** Project id. Changing this recreates the resource. */
  readonly project: string;
}

/** What every construct of this folder takes whose resource has labels. */
export interface LabelledEntityProps extends ProjectEntityProps {
  /**
   * Labels, so that owner and cost of the resource can be told.
   * @default - no labels
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** The dependencies as a resource takes them. */
export function dependencies(
  props: EntityProps,
  ...more: readonly ITerraformDependable[]
): { readonly dependsOn?: ITerraformDependable[] } {
  const all = [...(props.dependsOn ?? []), ...more];
  return all.length === 0 ? {} : { dependsOn: all };
}
