import * as z from 'zod';

const iamMember =
  /^(user|group|serviceAccount|domain):[^\s:]+$|^principal(Set)?:\/\/iam\.googleapis\.com\/\S+$/;
const workload = /^(airflow|meltano|tasks)\/[^/\s]+$/;

/** One who is let in: a workload of this platform, or a member as IAM writes it. Never the whole world. */
const member = z
  .string()
  .refine((text) => iamMember.test(text) || workload.test(text), {
    error:
      'airflow/KEY, tasks/KEY (of an Airflow) or meltano/KEY of this platform, or user:, group:, serviceAccount: or domain: with a name, or principal(Set)://iam.googleapis.com/…',
    params: { fix: 'write for example group:analysts@example.com, or meltano/elt' },
  });

/** Those who are let in. */
export const members = z.array(member).refine((all) => new Set(all).size === all.length, {
  error: 'each member once',
  params: { fix: 'remove the one that stands twice' },
});
