import * as z from 'zod';

const branches = z
  .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, 'the name of a branch, without refs/heads/'))
  .min(1);

const environments = z.array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 ._/-]*$/, 'the name of an environment')).min(1);

/** Pipelines of other services that deploy the platform, without any key. */
export const ci = z
  .strictObject({
    github: z
      .strictObject({
        repository: z
          .string()
          .regex(/^[A-Za-z0-9][A-Za-z0-9-]*\/[A-Za-z0-9._-]+$/, 'OWNER/REPOSITORY')
          .describe('The repository whose workflows may deploy.'),
        repositoryId: z
          .union([z.string().regex(/^\d+$/, 'the number of the repository'), z.int().positive()], {
            error: 'the number of the repository, such as 123456789',
          })
          .transform(String)
          .optional()
          .describe(
            'Number of the repository (`gh api repos/OWNER/REPOSITORY --jq .id`). With it, a repository that takes over the name later is refused.',
          ),
        branches: branches
          .optional()
          .describe('Branches whose workflows may deploy. Default: main, where no environments are named.'),
        environments: environments
          .optional()
          .describe('GitHub environments whose jobs may deploy; GitHub asks their reviewers first.'),
      })
      .optional()
      .describe('GitHub Actions.'),
    gitlab: z
      .strictObject({
        project: z
          .string()
          .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*(\/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$/, 'GROUP/PROJECT')
          .describe('The project whose pipelines may deploy.'),
        host: z
          .string()
          .regex(/^[a-z0-9][a-z0-9.-]*\.[a-z]{2,}$/, 'a host name such as gitlab.example.com')
          .default('gitlab.com')
          .describe('Host of GitLab. Google must reach it, to fetch the keys that its tokens are signed with.'),
        branches: branches.default(['main']).describe('Protected branches whose pipelines may deploy.'),
        tags: z
          .boolean()
          .default(false)
          .describe(
            'Whether jobs of protected tags of the project may push images, as a service account of their own that can do nothing else (templates/ci/gitlab/images.yml). They cannot deploy.',
          ),
      })
      .optional()
      .describe('GitLab CI.'),
  })
  .refine((value) => value.github !== undefined || value.gitlab !== undefined, {
    error: 'github, gitlab, or both',
    params: { fix: 'add github: { repository: OWNER/REPOSITORY }' },
  });
export type CiConfig = z.infer<typeof ci>;
