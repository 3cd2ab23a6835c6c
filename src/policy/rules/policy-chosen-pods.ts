import { selectsAll } from '../../sets/label-selector';
import { openingsOf } from '../network-policies';
import { objectRule } from '../objects';
import { Addresses } from '../../sets/addresses';
import { valueAt } from '../tree';

/** Where DNS of the cluster and of its nodes answers; every pod needs it. */
const names = Addresses.of(['169.254.20.10/32', '169.254.169.254/32']);

export const policyChosenPods = objectRule({
  id: 'TL-NP-006',
  title: 'A network policy opens addresses to every pod of its namespace',
  severity: 'warning',
  why: 'What one workload needs, all the others have too, those of tomorrow included',
  fix: 'choose the pods that need it by their labels',
  see: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  kinds: ['NetworkPolicy'],
  finds: (resource) =>
    selectsAll(valueAt(resource.body, 'spec.podSelector'))
      ? (['ingress', 'egress'] as const)
          .flatMap((direction) => openingsOf(resource, direction))
          .filter(({ addresses }) => !addresses.minus(names).isEmpty)
          .map(({ path }) => ({
            path,
            found: 'addresses, for all pods',
            wanted: 'a podSelector with labels',
          }))
      : [],
});
