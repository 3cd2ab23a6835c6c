import { deliveredSecrets, valuesIn } from '../../../charts/delivered-secrets';
import type { Platform } from '../../model';
import { InputError, readInput, selectPlatforms, useColor } from '../../output';

/**
 * Prints the Kubernetes Secrets of a platform that a person fills in, to stdout alone. What is not filled in is no
 * base64, so that Kubernetes refuses it and no pod starts with a placeholder.
 */
export function secretsTemplate(options: { readonly file: string; readonly environment?: string }): void {
  const platforms = selectPlatforms(readInput(options.file, { color: useColor }), options.environment);
  const texts = platforms.filter(({ secretDelivery }) => secretDelivery === 'manual').flatMap(templatesOf);
  if (texts.length === 0) {
    throw new InputError(
      'There is nothing to fill in: Kubernetes Secrets are made by hand only with secretDelivery: manual, where a pod reads them.',
    );
  }
  process.stdout.write(texts.join('---\n'));
}

function templatesOf(platform: Platform): string[] {
  return platform.clusters.flatMap((cluster) =>
    deliveredSecrets(platform, cluster).map(({ secret, namespace }) => {
      const others = secret.namespaces.filter((other) => other !== namespace);
      const values = valuesIn(secret, namespace);
      const isShared = others.length > 0 && values.every((value) => value.namespace === null);
      return [
        `# For the cluster ${cluster.name}${platform.environment === null ? '' : ` of ${platform.environment}`}.${isShared ? ` The same values as in ${others.join(', ')}.` : ''}`,
        'apiVersion: v1',
        'kind: Secret',
        'type: Opaque',
        'metadata:',
        `  name: ${secret.key}`,
        `  namespace: ${namespace}`,
        '  labels:',
        `    app.kubernetes.io/part-of: ${platform.prefix}`,
        'data:',
        ...values.map(({ key }) => `  ${JSON.stringify(key)}: <the value of ${key}, by base64 -w 0>`),
        '',
      ].join('\n');
    }),
  );
}
