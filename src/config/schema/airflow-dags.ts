import * as z from 'zod';
import { folder, mapOf, namedSecret } from './common';

/** Addresses that git itself takes; whether a key or a token goes with one is checked with the rest. */
const repository = z
  .string()
  .regex(
    /^(https:\/\/[^\s@]+|ssh:\/\/\S+|[\w.-]+@[\w.-]+:\S+)$/,
    'an https address without a login in it, or one for ssh such as git@github.com:acme/dags.git',
  )
  .describe('Address of the repository.');

const ref = z.string().min(1).default('main').describe('Branch, tag or commit.');

const path = z.string().default('dags').describe('Folder of the DAGs in the repository.');

const sshKey = namedSecret
  .optional()
  .describe('Private key for an address of ssh, without a passphrase. Needs knownHosts.');

const knownHosts = namedSecret
  .optional()
  .describe('Lines of a known_hosts file by which the host of an ssh address is known.');

/** A repository that a container beside Airflow keeps up to date. */
const git = z.strictObject({
  url: repository,
  ref,
  path,
  periodSeconds: z.int().min(5).default(60).describe('How often the repository is looked at, in seconds.'),
  sshKey,
  knownHosts,
  username: z.string().min(1).optional().describe('Who the token belongs to, where the host asks. Default: git.'),
  token: namedSecret.optional().describe('Token for an https address, for example one that may only read this repository.'),
  githubApp: z
    .strictObject({
      applicationId: z.int().positive().describe('Id of the application at GitHub.'),
      installationId: z.int().positive().describe('Id of its installation in the organisation.'),
      privateKey: namedSecret.describe('Private key of the application, as GitHub gave it out.'),
    })
    .optional()
    .describe('An application at GitHub for an https address; its tokens last an hour and are renewed by themselves.'),
});

/** A repository that Airflow itself clones. */
const bundle = z.strictObject({
  url: repository,
  ref,
  path,
  refreshSeconds: z.int().min(5).default(300).describe('How often the dag-processor looks for a newer commit, in seconds.'),
  sshKey,
  knownHosts,
  connection: z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/, 'lower-case letters, digits and underscores, first a letter')
    .optional()
    .describe('Airflow connection of type git with a token, for example the variable AIRFLOW_CONN_NAME in env. Default: none, or one that is made for sshKey.'),
});

/** Where the DAGs come from: exactly one of the three. */
export const dags = z
  .strictObject({
    git: git.optional().describe('A repository that git-sync synchronises into the pods.'),
    bundles: mapOf(bundle)
      .optional()
      .describe('Repositories that Airflow 3 clones itself, by name: each run keeps the commit that it began with.'),
    image: folder.optional().describe('Folder of the DAGs in the image of airflow.KEY.image.'),
  })
  .refine((sources) => Object.values(sources).filter((source) => source !== undefined).length === 1, {
    error: 'exactly one of git, bundles and image',
    params: { fix: 'keep one of them; several repositories go under bundles' },
  });
export type AirflowDagsConfig = z.infer<typeof dags>;
