import { podRule } from '../pods';
import { shown, treesOf } from '../tree';

export const podHost = podRule({
  id: 'TL-POD-007',
  title: 'A pod shares something with its node',
  severity: 'error',
  why: 'It sees the traffic, the processes or the files of all other pods',
  fix: 'use no host namespaces, host ports or host paths',
  see: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  finds: (pod) => [
    ...['hostNetwork', 'hostPID', 'hostIPC']
      .filter((name) => pod.spec[name] === true)
      .map((name) => ({ path: `${pod.path}.${name}`, found: 'true', wanted: 'false' })),
    ...pod.containers.flatMap(({ path, body }) =>
      treesOf(body.ports)
        .filter(({ hostPort }) => hostPort !== undefined && hostPort !== 0)
        .map(({ hostPort }) => ({
          path: `${path}.ports`,
          found: `hostPort ${shown(hostPort)}`,
          wanted: 'no hostPort',
        })),
    ),
  ],
});
