import type { Cluster, Platform } from '../src/model/platform';
import { deliveredSecrets, valuesIn } from './delivered-secrets';

/**
 * The commands that create the Kubernetes Secrets, for a person to run once; undefined where nothing needs them.
 *
 * It is Markdown and no manifest on purpose: `kubectl apply -f` on a folder reads only .json, .yaml and .yml, and a
 * Secret with empty values among the manifests would overwrite the real one.
 */
export function renderManualSecrets(platform: Platform, cluster: Cluster): string | undefined {
  const delivered = deliveredSecrets(platform, cluster);
  if (platform.secretDelivery !== 'manual' || delivered.length === 0) return undefined;
  const commands = delivered.map(({ secret, namespace, type }) => {
    const files = valuesIn(secret, namespace).map(
      ({ key, secretId }) =>
        `  --from-file=${key}=<(gcloud secrets versions access latest --project=${platform.project} --secret=${secretId}) \\`,
    );
    return [
      `## ${namespace}/${secret.key}`,
      '',
      '```bash',
      `kubectl create secret generic ${secret.key} --namespace=${namespace} \\`,
      ...(type === undefined ? [] : [`  --type=${type} \\`]),
      ...files,
      '  --dry-run=client --output=yaml | kubectl apply --server-side --field-manager=secrets --filename=-',
      '```',
      '',
    ].join('\n');
  });
  return [
    `# Secrets of the cluster ${cluster.name}`,
    '',
    'Run these with bash after the first `terraform apply` and the file 00-namespaces, and again whenever a value',
    'changes. Each value goes from Secret Manager to the cluster without touching the disk or the history of the shell.',
    'Where a value is not in Secret Manager, write the path of a file in the place of `<(…)`.',
    '',
    ...commands,
  ].join('\n');
}
