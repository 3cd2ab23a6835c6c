import { type Container, hardenedContainer, type ResourceRequirements, sidecar } from './container';

/** Port on the loopback address where programs of the pod find the database. */
export const databasePort = 5432;

/** Port of the proxy's health checks. */
const healthPort = 9090;

export interface CloudSqlProxyProps {
  /** Image of the Cloud SQL Auth Proxy, version 2. */
  readonly image: string;
  /** `PROJECT:REGION:INSTANCE`. */
  readonly connectionName: string;
  /** Whether the proxy logs in as the pod's service account, so that no password exists. */
  readonly iamLogin: boolean;
  /**
   * Whether the instance is reached by Private Service Connect.
   * @default false - by its private address
   */
  readonly psc?: boolean;
  /** @default - 50m and 64Mi requested, at most 500m and 256Mi */
  readonly resources?: ResourceRequirements;
}

/**
 * The Cloud SQL Auth Proxy as a native sidecar: it listens before the containers after it start, and a Job ends
 * although it runs.
 *
 * It connects by the private address or Private Service Connect only; version 2 never falls back to the public one. It has no readiness probe:
 * the startup probe holds back what needs it, and a proxy that is short of connections for a moment must not take a
 * whole pod out of its Service.
 * @see https://github.com/GoogleCloudPlatform/cloud-sql-proxy
 */
export function cloudSqlProxy(props: CloudSqlProxyProps): Container {
  return sidecar(
    hardenedContainer({
      name: 'cloud-sql-proxy',
      image: props.image,
      args: [
        props.connectionName,
        '--address=127.0.0.1',
        `--port=${databasePort}`,
        (props.psc ?? false) ? '--psc' : '--private-ip',
        ...(props.iamLogin ? ['--auto-iam-authn'] : []),
        '--structured-logs',
        '--health-check',
        '--http-address=0.0.0.0',
        `--http-port=${healthPort}`,
        '--exit-zero-on-sigterm',
        // It is ended after the programs that use it, so there is little to wait for.
        '--max-sigterm-delay=10s',
      ],
      // No secret reaches it: it signs in by Workload Identity.
      secretDelivery: 'addon',
      ports: { 'proxy-health': healthPort },
      resources: props.resources ?? {
        requests: { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
        limits: { cpu: '500m', memory: '256Mi', 'ephemeral-storage': '64Mi' },
      },
      // The user `nonroot` of the image.
      runAs: { user: 65532, group: 65532 },
      startupProbe: {
        check: { kind: 'http', path: '/startup', port: healthPort },
        periodSeconds: 1,
        failureThreshold: 60,
      },
      livenessProbe: {
        check: { kind: 'http', path: '/liveness', port: healthPort },
        periodSeconds: 10,
        failureThreshold: 6,
      },
    }),
  );
}
