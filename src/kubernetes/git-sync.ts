import { type Container, hardenedContainer, sidecar } from './container';
import { type SecretDelivery, type SecretKey, secretPath } from './secret-delivery';
import { type Mount, scratch } from './volumes';

/** Port of its health check. */
const healthPort = 9091;

/** Folder of the volume, and in it the link to what was fetched last. */
const root = '/git';
const link = 'current';

/** How a repository is read; every value is a key of a secret, mounted as a file. */
export type GitSyncLogin =
  | { readonly kind: 'none' }
  | { readonly kind: 'ssh'; readonly key: SecretKey; readonly knownHosts: SecretKey }
  | { readonly kind: 'token'; readonly username: string; readonly token: SecretKey }
  | {
      readonly kind: 'github-app';
      readonly applicationId: number;
      readonly installationId: number;
      readonly privateKey: SecretKey;
    };

export interface GitSyncProps {
  /** Image of git-sync, version 4.4 or later. */
  readonly image: string;
  /** Address of the repository, without a login in it. */
  readonly url: string;
  /** Branch, tag or commit. */
  readonly ref: string;
  /** How often it looks for something new, in seconds. */
  readonly periodSeconds: number;
  /** @default - the repository is public */
  readonly login?: GitSyncLogin;
  /** How the secrets of the login reach it. */
  readonly secretDelivery: SecretDelivery;
}

/**
 * git-sync as a native sidecar: it keeps a volume at the newest commit of a repository, and swaps one version for the
 * next by a link, so that nobody sees half of one.
 *
 * Its health check fails until the first fetch is complete, so the startup probe holds the containers after it back
 * until the files are there.
 * @see https://github.com/kubernetes/git-sync
 */
export function gitSync(props: GitSyncProps): Container {
  const check = { kind: 'http', path: '/', port: healthPort } as const;
  return sidecar(
    hardenedContainer({
      ...common(props),
      args: [
        ...commonArgs(props),
        `--period=${props.periodSeconds}s`,
        // A repository that is away for a while must not stop what runs on the last version.
        '--max-failures=-1',
        `--http-bind=:${healthPort}`,
      ],
      ports: { 'git-health': healthPort },
      startupProbe: { check, periodSeconds: 5, failureThreshold: 120 },
      livenessProbe: { check, periodSeconds: 30, failureThreshold: 10 },
    }),
  );
}

/** git-sync as an init container that fetches once: for a pod that lives as long as one task. */
export function gitSyncOnce(props: GitSyncProps): Container {
  return hardenedContainer({
    ...common(props),
    args: [...commonArgs(props), '--one-time', '--max-failures=5'],
  });
}

function commonArgs({ url, ref, login }: GitSyncProps): string[] {
  return [
    `--repo=${url}`,
    `--ref=${ref}`,
    '--depth=1',
    `--root=${root}`,
    `--link=${link}`,
    '--sync-timeout=300s',
    ...loginArgs(login ?? { kind: 'none' }),
  ];
}

function loginArgs(login: GitSyncLogin): string[] {
  const file = ({ secret, key }: SecretKey): string => secretPath(secret, key);
  switch (login.kind) {
    case 'none':
      return [];
    case 'ssh':
      return [
        `--ssh-key-file=${file(login.key)}`,
        '--ssh-known-hosts=true',
        `--ssh-known-hosts-file=${file(login.knownHosts)}`,
      ];
    case 'token':
      return [`--username=${login.username}`, `--password-file=${file(login.token)}`];
    case 'github-app':
      return [
        `--github-app-application-id=${login.applicationId}`,
        `--github-app-installation-id=${login.installationId}`,
        `--github-app-private-key-file=${file(login.privateKey)}`,
      ];
  }
}

function secretsOf(login: GitSyncLogin): string[] {
  switch (login.kind) {
    case 'none':
      return [];
    case 'ssh':
      return [login.key.secret, login.knownHosts.secret];
    case 'token':
      return [login.token.secret];
    case 'github-app':
      return [login.privateKey.secret];
  }
}

function common(props: GitSyncProps) {
  return {
    name: 'git-sync',
    image: props.image,
    env: [{ name: 'HOME', value: '/tmp' }],
    secretDelivery: props.secretDelivery,
    secretFiles: [...new Set(secretsOf(props.login ?? { kind: 'none' }))],
    resources: {
      requests: { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '1Gi' },
      limits: { cpu: '500m', memory: '256Mi', 'ephemeral-storage': '1Gi' },
    },
    // The user of the image; ssh looks it up by its number.
    runAs: { user: 65533, group: 65533 },
    mounts: [scratch('git', root, '1Gi'), scratch('git-tmp', '/tmp', '16Mi')],
  };
}

/** The volume that git-sync fills, for the containers that read it. */
export function gitSyncMount(): Mount {
  return { ...scratch('git', root, '1Gi'), readOnly: true };
}

/** Where a folder of the repository is in a container that has the volume. */
export function gitSyncPath(folder: string): string {
  const inside = folder.replace(/^[./]+/, '').replace(/\/+$/, '');
  return [root, link, inside].filter((part) => part !== '').join('/');
}
