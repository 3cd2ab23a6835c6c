import { objectRule } from '../objects';
import { isTree, shown, valueAt } from '../tree';

const modes = ['enforce', 'audit', 'warn'];

export const namespaceLevel = objectRule({
  id: 'TL-NS-001',
  title: 'A namespace takes pods that are not restricted',
  severity: 'error',
  why: 'Whatever is applied there runs, with any privileges',
  fix: 'set the labels of Pod Security to restricted, each with its version',
  see: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  kinds: ['Namespace'],
  finds: (resource) => {
    const found = valueAt(resource.body, 'metadata.labels');
    const labels = isTree(found) ? found : {};
    return modes.flatMap((mode) => {
      const label = `pod-security.kubernetes.io/${mode}`;
      const version = labels[`${label}-version`];
      return [
        ...(labels[label] === 'restricted'
          ? []
          : [{ path: `metadata.labels["${label}"]`, found: shown(labels[label]), wanted: 'restricted' }]),
        ...(version === 'latest' || /^v1\.\d+$/.test(String(version))
          ? []
          : [
              {
                path: `metadata.labels["${label}-version"]`,
                found: shown(version),
                wanted: 'latest or v1.N',
              },
            ]),
      ];
    });
  },
});
