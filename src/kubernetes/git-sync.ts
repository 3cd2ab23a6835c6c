import { type Container, hardenedContainer, sidecar } from './container';
import { type Mount, scratch } from './volumes';

/** Port of its health check. */
const healthPort = 9091;

/** Folder of the volume, and in it the link to what was fetched last. */
const root = '/git';
const link = 'current';

export interface GitSyncProps {
  /** Image of git-sync, version 4. */
  readonly image: string;
  /** Address of the repository, readable without a password. */
  readonly url: string;
  /** Branch, tag or commit. */
  readonly ref: string;
  /** How often it looks for something new, in seconds. */
  readonly periodSeconds: number;
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
      name: 'git-sync',
      image: props.image,
      args: [
        `--repo=${props.url}`,
        `--ref=${props.ref}`,
        '--depth=1',
        `--root=${root}`,
        `--link=${link}`,
        `--period=${props.periodSeconds}s`,
        '--sync-timeout=300s',
        // A repository that is away for a while must not stop what runs on the last version.
        '--max-failures=-1',
        `--http-bind=:${healthPort}`,
      ],
      env: [{ name: 'HOME', value: '/tmp' }],
      // No secret reaches it: the repository is public.
      secretDelivery: 'addon',
      ports: { 'git-health': healthPort },
      resources: {
        requests: { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '1Gi' },
        limits: { cpu: '500m', memory: '256Mi', 'ephemeral-storage': '1Gi' },
      },
      // The user of the image.
      runAs: { user: 65533, group: 65533 },
      mounts: [scratch('git', root, '1Gi'), scratch('git-tmp', '/tmp', '16Mi')],
      startupProbe: { check, periodSeconds: 5, failureThreshold: 120 },
      livenessProbe: { check, periodSeconds: 30, failureThreshold: 10 },
    }),
  );
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
