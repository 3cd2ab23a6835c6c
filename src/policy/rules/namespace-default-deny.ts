import { selectsAll } from '../../sets/label-selector';
import { isAbout, openingsOf, policiesOf } from '../network-policies';
import { objectRule } from '../objects';
import { valueAt } from '../tree';

const directions = [
  ['Ingress', 'ingress'],
  ['Egress', 'egress'],
] as const;

export const namespaceDefaultDeny = objectRule({
  id: 'TL-NS-002',
  title: 'Pods of a namespace may talk to everybody',
  severity: 'error',
  why: 'Where no policy chooses a pod, everything may reach it, and it may reach everything',
  fix: 'add a NetworkPolicy that chooses all pods, is about both directions and allows nothing',
  see: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies',
  kinds: ['Namespace'],
  finds: (resource, context) => {
    const denials = policiesOf(resource.name, resource.unit, context).filter((policy) =>
      selectsAll(valueAt(policy.body, 'spec.podSelector')),
    );
    return directions
      .filter(
        ([type, direction]) =>
          !denials.some((policy) => isAbout(policy, type) && openingsOf(policy, direction).length === 0),
      )
      .map(([type]) => ({
        path: 'metadata.name',
        found: `no policy of it denies all ${type.toLowerCase()}`,
        wanted: 'a NetworkPolicy with podSelector {}, and nothing allowed',
      }));
  },
});
