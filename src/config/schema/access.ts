import * as z from 'zod';
import { mapOf } from './common';
import { principal } from './principal';

/** Roles that hold nearly everything; Google itself advises against them. */
const basicRole = /^roles\/(owner|editor|viewer)$/;

const role = z
  .string()
  .refine((name) => !basicRole.test(name), {
    error: 'a role of one product; owner, editor and viewer reach every product of the project',
    params: { fix: 'name the roles that are needed, such as roles/cloudsql.client, or a preset' },
    abort: true,
  })
  .regex(
    /^(roles\/[a-zA-Z][a-zA-Z0-9.]*|(projects|organizations)\/[a-z0-9][-a-z0-9.:]*\/roles\/[a-zA-Z0-9_.]+|[a-z][a-z0-9]*(-[a-z0-9]+)*)$/,
    'a role such as roles/cloudsql.client, or the key of one under access.roles',
  );

/** Who may do what in the project, beside the workloads. */
export const access = z.strictObject({
  groups: mapOf(
    z
      .strictObject({
        member: principal.describe(
          'Who: `group:`, `user:`, `serviceAccount:` with an e-mail, or `domain:`. A group is best: people come and go without a deployment.',
        ),
        preset: z
          .enum(['engineer', 'developer', 'analyst'])
          .optional()
          .describe(
            'Roles that belong together. engineer: administers Cloud SQL, Kubernetes Engine and Cloud Storage. developer: connects to Cloud SQL, works in the cluster, reads and adds objects. analyst: logs in to Cloud SQL, reads metrics and logs. Where every cluster has a securityGroup, each has rights of its own in the namespaces, and developers none beyond them.',
          ),
        roles: z
          .array(role)
          .min(1)
          .optional()
          .describe('Roles on the project beside those of the preset; a plain key names one under access.roles.'),
      })
      .refine((group) => group.preset !== undefined || group.roles !== undefined, {
        error: 'a preset, roles, or both',
        params: { fix: 'add preset: developer, or roles: [roles/cloudsql.client]' },
      }),
  )
    .default({})
    .describe('Grants on the project by name. They are added to those that others made; removing one takes only that away.'),
  roles: mapOf(
    z.strictObject({
      title: z.string().min(1).max(100, 'at most 100 characters').optional().describe('What people see. Default: the key.'),
      permissions: z
        .array(
          z
            .string()
            .regex(/^[a-z][a-zA-Z0-9]*(\.[a-zA-Z0-9]+){2,}$/, 'a permission such as cloudsql.instances.connect'),
        )
        .min(1)
        .describe('What the role allows.'),
    }),
  )
    .default({})
    .describe('Custom roles by name. The id of a deleted one stays taken for 44 days.'),
});
export type AccessConfig = z.infer<typeof access>;
