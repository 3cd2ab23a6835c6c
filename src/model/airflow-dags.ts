import type { ConfigPath } from '../config/problem';
import type { AirflowConfig } from '../config/schema/airflow';
import type { AirflowDagsConfig } from '../config/schema/airflow-dags';
import type { NamedSecretConfig } from '../config/schema/common';
import type { Egress } from './platform';
import { type Scope, sortedEntries } from './scope';
import type { AirflowDagSource, GitBundle, GitLogin, SecretKey } from './types/airflow';
import { nonPublicRanges } from './cidr';

/** Resolves a key of a secret that the pods read; a placeholder where it leads nowhere, which is told. */
export type ReadSecret = (named: NamedSecretConfig, path: ConfigPath) => SecretKey;

type GitConfig = NonNullable<AirflowDagsConfig['git']>;
type BundleConfig = NonNullable<AirflowDagsConfig['bundles']>[string];

/** Where the DAGs come from, with the secrets that reading them needs. */
export function resolveDags(
  scope: Scope,
  config: AirflowConfig['dags'],
  origin: ConfigPath,
  read: ReadSecret,
): AirflowDagSource {
  const path = [...origin, 'dags'];
  if (config?.git !== undefined) {
    const { url, ref, path: folder, periodSeconds } = config.git;
    const login = resolveLogin(scope, config.git, [...path, 'git'], read);
    return { kind: 'git', url, ref, path: folder, periodSeconds, login };
  }
  if (config?.bundles !== undefined) {
    const bundles = sortedEntries(config.bundles).map(([key, bundle]) =>
      resolveBundle(scope, key, bundle, [...path, 'bundles', key], read),
    );
    return { kind: 'bundles', bundles };
  }
  return config?.image === undefined ? { kind: 'sample' } : { kind: 'image', path: config.image };
}

/** The ports of ssh, which the internet on port 443 does not hold. */
export function dagEgress(dags: AirflowDagSource): Egress[] {
  const urls =
    dags.kind === 'git' ? [dags.url] : dags.kind === 'bundles' ? dags.bundles.map(({ url }) => url) : [];
  const ports = urls
    .filter(isSsh)
    .map((url) => Number(/^ssh:\/\/[^/]*:(\d+)(\/|$)/.exec(url)?.[1] ?? 22))
    .filter((port) => port !== 443);
  const distinct = [...new Set(ports)].sort((a, b) => a - b);
  return distinct.length === 0 ? [] : [{ cidr: '0.0.0.0/0', except: nonPublicRanges, ports: distinct }];
}

function isSsh(url: string): boolean {
  return !url.startsWith('https://');
}

function resolveLogin(scope: Scope, config: GitConfig, path: ConfigPath, read: ReadSecret): GitLogin {
  const { sshKey, knownHosts, token, githubApp, username } = config;
  checkSsh(scope, config, path);
  const logins = (['token', 'githubApp'] as const).filter((name) => config[name] !== undefined);
  for (const name of isSsh(config.url) ? logins : logins.slice(1)) {
    scope.problems.add({
      path: [...path, name],
      at: 'key',
      message: isSsh(config.url)
        ? 'an address for ssh is read with a key'
        : 'a token and an application are two logins for one repository',
      allowed: isSsh(config.url) ? 'sshKey and knownHosts' : 'token or githubApp',
      fix: isSsh(config.url) ? 'write the address with https://, or use sshKey' : 'remove one of them',
    });
  }
  if (username !== undefined && token === undefined) {
    scope.problems.add({
      path: [...path, 'username'],
      at: 'key',
      message: 'a name without a token logs nobody in',
      allowed: 'username beside token',
      fix: 'add token: { secret: NAME/KEY }, or remove it',
    });
  }
  if (sshKey !== undefined && knownHosts !== undefined) {
    return {
      kind: 'ssh',
      key: read(sshKey, [...path, 'sshKey', 'secret']),
      knownHosts: read(knownHosts, [...path, 'knownHosts', 'secret']),
    };
  }
  if (token !== undefined) {
    return { kind: 'token', username: username ?? 'git', token: read(token, [...path, 'token', 'secret']) };
  }
  if (githubApp !== undefined) {
    const { applicationId, installationId } = githubApp;
    const privateKey = read(githubApp.privateKey, [...path, 'githubApp', 'privateKey', 'secret']);
    return { kind: 'github-app', applicationId, installationId, privateKey };
  }
  return { kind: 'none' };
}

function resolveBundle(
  scope: Scope,
  key: string,
  config: BundleConfig,
  path: ConfigPath,
  read: ReadSecret,
): GitBundle {
  const { url, ref, path: folder, refreshSeconds, sshKey, knownHosts, connection } = config;
  checkSsh(scope, config, path);
  if (sshKey !== undefined && connection !== undefined) {
    scope.problems.add({
      path: [...path, 'connection'],
      at: 'key',
      message: 'a connection and a key are two logins for one repository',
      allowed: 'sshKey with knownHosts, or connection',
      fix: 'remove one of them',
    });
  }
  const ssh =
    sshKey === undefined || knownHosts === undefined
      ? null
      : {
          key: read(sshKey, [...path, 'sshKey', 'secret']),
          knownHosts: read(knownHosts, [...path, 'knownHosts', 'secret']),
        };
  return { key, url, ref, path: folder, refreshSeconds, ssh, connection: connection ?? null };
}

/** An address for ssh needs a key and the keys of its host; an https address takes neither. */
function checkSsh(
  { problems }: Scope,
  { url, sshKey, knownHosts }: Pick<BundleConfig, 'url' | 'sshKey' | 'knownHosts'>,
  path: ConfigPath,
): void {
  const given = { sshKey, knownHosts };
  if (isSsh(url)) {
    const missing = (['sshKey', 'knownHosts'] as const).filter((name) => given[name] === undefined);
    if (missing.length === 0) return;
    problems.add({
      path: [...path, 'url'],
      message: 'an address for ssh needs a key, and the keys of its host',
      found: missing.length === 2 ? 'neither' : `no ${missing.join('')}`,
      allowed: 'sshKey and knownHosts: { secret: NAME/KEY }, or an https address',
      fix: `add ${missing.map((name) => `${name}: { secret: NAME/KEY }`).join(' and ')}`,
      dependsOn: missing.map((name) => [...path, name]),
    });
    return;
  }
  for (const name of (['sshKey', 'knownHosts'] as const).filter((each) => given[each] !== undefined)) {
    problems.add({
      path: [...path, name],
      at: 'key',
      message: 'an https address is not read by ssh',
      found: url,
      allowed: 'an address for ssh such as git@github.com:acme/dags.git',
      fix: 'change the address, or use a token',
    });
  }
}
