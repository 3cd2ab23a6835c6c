import { type Expectations, violationsOf } from './attributes';
import type { Context } from './context';
import { textOf, treesOf, valueAt } from './tree';
import { notApplicable, type Rule, type RuleText, type TerraformResource, verdictOf } from './types';

const instance = 'google_sql_database_instance';

export function isPostgres({ body }: TerraformResource): boolean {
  return textOf(body.database_version).startsWith('POSTGRES');
}

/** A replica has the backups and the users of its primary. */
export function isPrimary({ body }: TerraformResource): boolean {
  return body.master_instance_name === undefined;
}

export function isPrimaryPostgres(resource: TerraformResource): boolean {
  return isPrimary(resource) && isPostgres(resource);
}

export function isProductionPrimary(resource: TerraformResource, context: Context): boolean {
  return context.production === true && isPrimary(resource);
}

/** A user whose password is set nowhere. */
export function hasNoPassword({ body }: TerraformResource): boolean {
  return body.password === undefined && body.password_wo === undefined;
}

/** A rule on the flags of a PostgreSQL instance. */
export function flagRule({ expects, ...text }: RuleText & { readonly expects: Expectations }): Rule {
  return {
    ...text,
    types: [instance],
    checks: (resource) => {
      if (resource.kind !== 'terraform' || resource.type !== instance || !isPostgres(resource)) {
        return notApplicable;
      }
      const flags = treesOf(valueAt(resource.body, 'settings.database_flags'));
      // Names of flags have dots in them, so each is looked up and then judged by itself.
      return verdictOf(
        Object.entries(expects).flatMap(([name, expectation]) => {
          const value = flags.find((flag) => flag.name === name)?.value;
          return violationsOf({ value }, { value: expectation }).map((violation) => ({
            ...violation,
            path: `settings.database_flags[${name}].value`,
          }));
        }),
      );
    },
  };
}
