import { Construct } from 'constructs';
import { hardenedContainer, type ResourceRequirements } from './container';
import { Deployment } from './deployment';
import { type ObjectProps, renderLabels, renderMetadata, selectorLabels } from './labels';
import { LoadBalancerService } from './load-balancer-service';
import { hashed } from './names';
import { nginxFolder, nginxPorts, renderNginxConfiguration, renderNginxStart } from './nginx-configuration';
import { ConfigMap } from './plus';
import { type PodPlacement, renderPodTemplate } from './pod';
import { PodDisruptionBudget } from './pod-disruption-budget';
import { type SecretDelivery, secretPath } from './secret-delivery';
import { configFiles, scratch } from './volumes';

export interface NginxProps extends ObjectProps {
  /** Image with nginx 1.21 or later and a shell. */
  readonly image: string;
  readonly replicas: number;
  readonly resources: ResourceRequirements;
  readonly serviceAccount: string;
  readonly placement: PodPlacement;
  /** Host → address that it is passed on to. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Secret with `tls.crt`, the certificates of whoever signed it included, and `tls.key`. */
  readonly tlsSecret: string;
  /** How the Secret reaches the pods. */
  readonly secretDelivery: SecretDelivery;
  /** How long an answer may take, in seconds. */
  readonly timeoutSeconds: number;
  readonly internal: boolean;
  /**
   * Name at Google of its regional static address.
   * @default - Google chooses an address
   */
  readonly address?: string;
  /** Ranges that may come. */
  readonly sourceRanges: readonly string[];
}

/**
 * NGINX behind a load balancer that passes connections on: the certificate, and the redirect from HTTP, are its own.
 *
 * Its configuration is written here and is no work of a controller: which hosts there are is known when the manifests
 * are made, so nothing in the cluster needs a right on its objects, and what is reviewed is what runs.
 */
export class Nginx extends Construct {
  constructor(scope: Construct, id: string, props: NginxProps) {
    super(scope, id);
    const { name, namespace, labels, tlsSecret } = props;
    const object = { name, namespace, labels };
    const selector = selectorLabels(labels);
    const certificateFile = secretPath(tlsSecret, 'tls.crt');
    const files = {
      'nginx.conf': renderNginxConfiguration({
        hosts: props.hosts,
        certificateFile,
        keyFile: secretPath(tlsSecret, 'tls.key'),
        timeoutSeconds: props.timeoutSeconds,
      }),
      'start.sh': renderNginxStart(certificateFile),
    };
    const configMap = hashed(name, JSON.stringify(files));
    new ConfigMap(this, 'Configuration', {
      metadata: renderMetadata({ ...object, name: configMap }),
      data: files,
      immutable: true,
    });
    new LoadBalancerService(this, 'Service', {
      ...object,
      selector,
      ports: {
        http: { port: 80, targetPort: nginxPorts.http },
        https: { port: 443, targetPort: nginxPorts.https },
      },
      internal: props.internal,
      ...(props.address === undefined ? {} : { address: props.address }),
      sourceRanges: props.sourceRanges,
    });
    new PodDisruptionBudget(this, 'Budget', { ...object, selector });
    const check = { kind: 'http', path: '/healthz', port: nginxPorts.health } as const;
    new Deployment(this, 'Deployment', {
      ...object,
      replicas: props.replicas,
      strategy: 'RollingUpdate',
      selector,
      template: renderPodTemplate({
        labels: renderLabels(labels),
        serviceAccount: props.serviceAccount,
        volumeGroup: ids.group,
        placement: props.placement,
        spreadOver: selector,
        containers: [
          hardenedContainer({
            name: 'nginx',
            image: props.image,
            command: ['/bin/sh', `${nginxFolder}/start.sh`],
            secretDelivery: props.secretDelivery,
            secretFiles: [tlsSecret],
            ports: nginxPorts,
            resources: props.resources,
            runAs: ids,
            mounts: [configFiles('configuration', nginxFolder, configMap), scratch('tmp', '/tmp', '256Mi')],
            startupProbe: { check, periodSeconds: 2, failureThreshold: 60 },
            livenessProbe: { check, periodSeconds: 10, failureThreshold: 3 },
            readinessProbe: { check, periodSeconds: 5, failureThreshold: 2 },
          }),
        ],
        terminationGracePeriodSeconds: 60,
        restartPolicy: 'Always',
      }),
    });
  }
}

/** Nobody on the node; all that it writes is below /tmp. */
const ids = { user: 10101, group: 10101 } as const;
