import { including, violationsOf } from '../attributes';
import { objectRule } from '../objects';

export const policyDirections = objectRule({
  id: 'TL-NP-005',
  title: 'A network policy is about one direction only',
  severity: 'warning',
  why: 'What it does not say is open as soon as the policy that denies the rest is gone',
  fix: 'set policyTypes to [Ingress, Egress]',
  see: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies',
  kinds: ['NetworkPolicy'],
  finds: (resource) => violationsOf(resource.body, { 'spec.policyTypes': including('Ingress', 'Egress') }),
});
