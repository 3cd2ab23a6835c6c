import type { Mount } from './volumes';

/** Where Kubernetes' client libraries look for it. */
const folder = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * A token of the Kubernetes API for a container that needs one, renewed every hour. It is mounted by name, so that the
 * other containers of the pod have none.
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#launch-a-pod-using-service-account-token-projection
 */
export function kubernetesToken(): Mount {
  const sources = [
    { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    {
      downwardAPI: {
        items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
      },
    },
  ];
  return {
    volume: { name: 'kubernetes-token', source: { projected: { sources, defaultMode: 0o440 } } },
    path: folder,
    readOnly: true,
  };
}
