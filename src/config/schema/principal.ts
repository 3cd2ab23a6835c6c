import * as z from 'zod';

/** Who may be granted something: never everybody. */
export const principal = z
  .string()
  .refine((member) => !/^(allUsers|allAuthenticatedUsers)$/.test(member), {
    error: 'a group, a user, a service account or a domain; never everybody',
    params: { fix: 'name a group, such as group:data-team@example.com' },
    abort: true,
  })
  .regex(
    /^((group|user|serviceAccount):[^\s@:]+@[^\s@:]+\.[^\s@:]+|domain:[^\s@:]+\.[^\s@:]+|principal(Set)?:\/\/iam\.googleapis\.com\/\S+)$/,
    'an IAM member such as group:data-team@example.com',
  );
