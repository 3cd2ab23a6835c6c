import type { MeltanoConfig } from '../config/schema/meltano';
import type { Databases } from './databases';
import { loginRoles } from './databases';
import { lockImage, resolveImageReference } from './images';
import type { Image, Meltano } from './platform';
import type { ConfigPath } from '../config/problem';
import { addBucket, addIdentity, clusterOf, type Scope, sortedEntries } from './scope';
import {
  mergeEnv,
  resolveEgress,
  resolveEnv,
  resolveNamespace,
  resolvePlacement,
  resolveResources,
  secretsOf,
} from './workloads';

/** Requests of a Meltano container that says nothing else: a tap and a target in Python, side by side. */
const defaultResources = { cpu: '500m', memory: '1Gi', ephemeralStorage: '2Gi' };

/** How each runner is called; the second one behind an init, which waits for what plugins leave behind. */
const runCommands = {
  meltano: ['meltano', 'run'],
  'tapline-run': ['tini', '--', 'tapline-run', 'run'],
} as const satisfies Record<MeltanoConfig['runner'], readonly string[]>;

export function resolveMeltano(scope: Scope, databases: Databases): Map<string, Meltano> {
  return new Map(
    sortedEntries(scope.config.meltano).map(([key, config]) => [
      key,
      resolveProject(scope, databases, key, config),
    ]),
  );
}

function resolveProject(scope: Scope, databases: Databases, key: string, config: MeltanoConfig): Meltano {
  const origin: ConfigPath = ['meltano', key];
  if (config.project !== undefined && scope.exists?.(`${config.project}/meltano.yml`) === false) {
    scope.problems.add({
      path: [...origin, 'project'],
      message: 'there is no meltano.yml in this folder',
      found: config.project,
      allowed: 'the folder of a Meltano project, seen from this file',
      fix: `make one with meltano init, or remove the line if the image is built elsewhere`,
    });
  }
  const namespace = resolveNamespace(scope, config.namespace, origin);
  const identity = addIdentity(scope, {
    key: `meltano-${key}`,
    displayName: `Runs the Meltano project ${key}`,
    projectRoles: config.database === undefined ? [] : loginRoles,
    kubernetes: { namespace, serviceAccount: config.serviceAccount ?? `meltano-${key}` },
    origin,
  });
  const bucket =
    config.state === 'gs' ? addBucket(scope, `state-${key}`, 'pipeline-state', [identity], origin) : null;
  const stateUri = bucket === null ? null : `gs://${bucket.name}/state`;
  const placement = resolvePlacement(scope, config.pool, [...origin, 'pool'], clusterOf(scope, namespace));
  const declared = resolveEnv(scope, config.env, [...origin, 'env'], namespace, identity);
  const env = mergeEnv(
    stateUri === null ? [] : [{ name: 'MELTANO_STATE_BACKEND_URI', value: stateUri }],
    declared,
  );
  return {
    key,
    cluster: clusterOf(scope, namespace),
    namespace,
    identity,
    image: resolveImage(scope, key, config, origin),
    runAs: { user: 10001, group: 10001 },
    placement,
    env,
    egress: resolveEgress(scope, config.egress, origin),
    secrets: secretsOf(scope, env),
    directory: config.directory,
    runCommand: runCommands[config.runner],
    stateUri,
    stateBucket: bucket?.name ?? null,
    database:
      config.database === undefined
        ? null
        : (databases.access(config.database, [...origin, 'database'], {
            identity,
            namespace,
            placement,
            origin,
          }) ?? null),
    resources: resolveResources(config.resources, defaultResources),
    scheduler:
      config.scheduler === undefined
        ? null
        : {
            name: config.scheduler.name ?? key,
            labels: config.scheduler.labels,
            command: config.scheduler.command,
            prepare: config.scheduler.prepare ?? null,
            origin: [...origin, 'scheduler'],
          },
    origin,
  };
}

function resolveImage(scope: Scope, key: string, config: MeltanoConfig, origin: ConfigPath): Image {
  if (config.image !== undefined) {
    const path = [...origin, 'image'];
    return lockImage(
      resolveImageReference(config.image, path, scope.registries, scope.problems),
      scope.lock,
      path,
    );
  }
  const docker = [...scope.registries.values()].filter(
    ({ format, mirror }) => format === 'docker' && mirror === null,
  );
  if (docker.length !== 1) {
    scope.problems.add({
      path: origin,
      message:
        docker.length === 0
          ? 'it names no image, and there is no docker registry that could hold one'
          : 'it names no image, and there are several docker registries',
      allowed: 'image: REGISTRY/NAME:TAG',
      fix: `add image: ${docker[0]?.key ?? 'HOST'}/${key}:stable`,
      dependsOn: [['registries']],
    });
  }
  return lockImage(`${docker[0]?.host ?? 'unknown'}/${key}:stable`, scope.lock);
}
