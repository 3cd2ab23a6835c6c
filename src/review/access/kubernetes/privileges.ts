import type { KubernetesObject } from '../../kubernetes/object';
import { isTree, type Tree } from '../../types';
import type { Permit, Target } from '../permits';
import { at, namespaceOf, podOf, textAt, textsIn, treesIn } from './objects';

/** What the pods of a workload may do to their node and beyond, and as whom. */
export function privilegesOf(object: KubernetesObject): readonly Permit[] {
  const pod = podOf(object);
  if (pod === undefined) return [];
  const { spec } = pod;
  const target: Target = { key: object.identity, shown: object.address };
  const permit = (what: string, principal = 'its pods'): Permit => ({ target, principal, what });
  const account = textAt(spec, 'serviceAccountName') || textAt(spec, 'serviceAccount') || 'default';
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) =>
    treesIn(spec[list]),
  );
  const found = [
    ...['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace']
      .filter((field) => spec[field] === true)
      .map((field) => permit(field)),
    ...treesIn(spec.volumes).flatMap((volume) =>
      isTree(volume.hostPath) ? [permit(`files of the node below ${textAt(volume.hostPath, 'path')}`)] : [],
    ),
    ...(spec.hostUsers === false ? [] : [permit('users of the node')]),
    permit(`acts as ServiceAccount ${namespaceOf(object)}/${account}`),
    ...(spec.automountServiceAccountToken === false ? [] : [permit('the token of its account')]),
    ...containers.flatMap((container) =>
      ofContainer(container, spec).map((what) => permit(`${textAt(container, 'name')}: ${what}`)),
    ),
    ...containers.flatMap((container) =>
      treesIn(container.ports).flatMap((port) => {
        const number = textAt(port, 'hostPort');
        return number === '' || number === '0'
          ? []
          : [permit(`port ${number} of the node`, 'whoever reaches the nodes')];
      }),
    ),
  ];
  return found;
}

/** Where neither the container nor its pod says it, the most is assumed: that is what Kubernetes allows. */
function ofContainer(container: Tree, spec: Tree): string[] {
  const said = (field: string) => {
    const own = at(container, 'securityContext', field) ?? at(spec, 'securityContext', field);
    return textAt({ own }, ...(typeof own === 'object' ? ['own', 'type'] : ['own']));
  };
  const capabilities = (list: string) => textsIn(at(container, 'securityContext', 'capabilities', list));
  const dropped = capabilities('drop').map((name) => name.toUpperCase());
  const user = said('runAsUser');
  return [
    ...(said('privileged') === 'true' ? ['everything on the node'] : []),
    ...(said('allowPrivilegeEscalation') === 'false' ? [] : ['more rights than it starts with']),
    ...(user === '0' || (user === '' && said('runAsNonRoot') !== 'true') ? ['root'] : []),
    ...(said('readOnlyRootFilesystem') === 'true' ? [] : ['writes to its own files']),
    ...(dropped.includes('ALL') ? [] : ['the capabilities of every container']),
    ...capabilities('add').map((name) => `capability ${name.toUpperCase()}`),
    ...(/^(RuntimeDefault|Localhost)$/.test(said('seccompProfile')) ? [] : ['every system call']),
    ...(said('procMount') === 'Unmasked' ? ['all of /proc'] : []),
    ...(/^unconfined$/i.test(said('appArmorProfile')) ? ['without AppArmor'] : []),
  ];
}
