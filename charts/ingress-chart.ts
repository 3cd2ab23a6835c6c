import type { Construct } from 'constructs';
import { airflowHealthPath } from '../src/kubernetes/airflow-api-server';
import { airflowPorts } from '../src/kubernetes/airflow-ports';
import { BackendConfig } from '../src/kubernetes/backend-config';
import { CertManagerCertificate } from '../src/kubernetes/cert-manager-certificate';
import { FrontendConfig } from '../src/kubernetes/frontend-config';
import { Gateway, type GatewayTls } from '../src/kubernetes/gateway';
import { type BackendProtection, GcpBackendPolicy } from '../src/kubernetes/gcp-backend-policy';
import { GcpGatewayPolicy } from '../src/kubernetes/gcp-gateway-policy';
import { GkeIngress } from '../src/kubernetes/gke-ingress';
import { GoogleCertificate } from '../src/kubernetes/google-certificate';
import { HealthCheckPolicy } from '../src/kubernetes/health-check-policy';
import { HttpRoute } from '../src/kubernetes/http-route';
import { HttpsRedirectRoute } from '../src/kubernetes/https-redirect-route';
import type { ObjectProps } from '../src/kubernetes/labels';
import { Nginx } from '../src/kubernetes/nginx';
import type { Airflow, GatewayWay, GkeWay, Ingress, NginxWay } from '../src/model/platform';
import { airflowName, serverOf } from './airflow-props';
import { tagOrigin } from './origins';
import { PlatformChart, type PlatformChartProps } from './platform-chart';
import { toPodPlacement } from './translate';

/** A web interface with what leads to it. */
interface Target {
  readonly airflow: Airflow;
  readonly host: string;
  /** Name of its Service. */
  readonly service: string;
}

/** Name of what the Service of an Airflow has on an Ingress of GKE, which the Service names itself. */
export function backendConfigOf(airflow: Airflow): string {
  return airflowName(airflow, 'web');
}

/** The way in from outside to the web interfaces of a cluster. */
export class IngressChart extends PlatformChart {
  private readonly ingress: Ingress;
  private readonly targets: readonly Target[];

  constructor(scope: Construct, props: PlatformChartProps & { readonly ingress: Ingress }) {
    super(scope, '60-ingress', props);
    const { ingress } = props;
    this.ingress = ingress;
    tagOrigin(this, ingress.origin);
    this.targets = ingress.hosts.flatMap(({ airflow: key, host }) =>
      this.platform.airflow
        .filter((one) => one.key === key)
        .map((airflow) => ({ airflow, host, service: airflowName(airflow, serverOf(airflow)) })),
    );
    if (ingress.tls.kind === 'cert-manager') {
      new CertManagerCertificate(this, 'certificate', {
        ...this.objectProps(ingress.tls.secret),
        domains: this.targets.map(({ host }) => host),
        secret: ingress.tls.secret,
        issuer: { name: ingress.tls.issuer, kind: ingress.tls.issuerKind },
      });
    }
    switch (ingress.way.kind) {
      case 'gateway':
        this.addGateway(ingress.way);
        break;
      case 'gke':
        this.addGkeIngress(ingress.way);
        break;
      case 'nginx':
        this.addNginx(ingress.way);
        break;
    }
  }

  private addGateway(way: GatewayWay): void {
    const { name, namespace, sslPolicy } = this.ingress;
    const object = this.objectProps(name);
    new Gateway(this, 'gateway', {
      ...object,
      ...this.address(),
      gatewayClass: way.gatewayClass,
      tls: this.gatewayTls(),
      routeNamespaces: [...new Set(this.targets.map(({ airflow }) => airflow.namespace))].sort(),
    });
    if (sslPolicy !== null) {
      new GcpGatewayPolicy(this, 'gateway-policy', { ...object, gateway: name, sslPolicy: sslPolicy.name });
    }
    new HttpsRedirectRoute(this, 'redirect', { ...this.objectProps(`${name}-redirect`), gateway: name });
    for (const { airflow, host, service } of this.targets) {
      const web = this.webProps(airflow);
      new HttpRoute(this, `route-${airflow.key}`, {
        ...web,
        gateway: { name, namespace },
        hostnames: [host],
        service: { name: service, port: airflowPorts.api },
      });
      new HealthCheckPolicy(this, `health-${airflow.key}`, {
        ...web,
        service,
        path: airflowHealthPath(airflow.release),
        port: airflowPorts.api,
      });
      new GcpBackendPolicy(this, `backend-${airflow.key}`, { ...web, service, ...this.protection(way) });
    }
  }

  private gatewayTls(): GatewayTls {
    const { tls } = this.ingress;
    switch (tls.kind) {
      case 'certificate-map':
      case 'certificate':
        return tls;
      case 'secret':
      case 'cert-manager':
        return { kind: 'secret', secret: tls.secret };
      case 'managed-certificate':
        throw new Error('tls: got a certificate of an Ingress for a Gateway, which takes none');
    }
  }

  private addGkeIngress(way: GkeWay): void {
    const { name, tls, sslPolicy } = this.ingress;
    const object = this.objectProps(name);
    if (sslPolicy !== null) new FrontendConfig(this, 'frontend', { ...object, sslPolicy: sslPolicy.name });
    if (tls.kind === 'managed-certificate') {
      new GoogleCertificate(this, 'google-certificate', {
        ...object,
        domains: this.targets.map(({ host }) => host),
      });
    }
    for (const { airflow } of this.targets) {
      new BackendConfig(this, `backend-${airflow.key}`, {
        ...this.webProps(airflow),
        name: backendConfigOf(airflow),
        path: airflowHealthPath(airflow.release),
        port: airflowPorts.api,
        ...this.protection(way),
      });
    }
    new GkeIngress(this, 'ingress', {
      ...object,
      ...this.address(),
      frontendConfig: name,
      tls: 'secret' in tls ? { secret: tls.secret } : { certificate: name },
      hosts: Object.fromEntries(
        this.targets.map(({ host, service }) => [host, { service, port: airflowPorts.api }]),
      ),
    });
  }

  private addNginx(way: NginxWay): void {
    const { name, tls, timeoutSeconds } = this.ingress;
    if (!('secret' in tls))
      throw new Error('tls: got a certificate of Google for NGINX, which takes a Secret');
    new Nginx(this, 'nginx', {
      ...this.objectProps(name),
      ...this.address(),
      image: way.image.reference,
      replicas: way.replicas,
      resources: way.resources,
      serviceAccount: way.serviceAccount,
      placement: toPodPlacement(way.placement),
      hosts: Object.fromEntries(
        this.targets.map(({ airflow, host, service }) => [
          host,
          `http://${service}.${airflow.namespace}.svc.cluster.local:${airflowPorts.api}`,
        ]),
      ),
      tlsSecret: tls.secret,
      // cert-manager writes a Secret of Kubernetes, whatever brings the others.
      secretDelivery: tls.kind === 'secret' ? this.platform.secretDelivery : 'manual',
      timeoutSeconds,
      internal: way.internal,
      sourceRanges: way.allow,
    });
  }

  private protection({ securityPolicy, iap }: GatewayWay | GkeWay): BackendProtection {
    return {
      ...(securityPolicy === null ? {} : { securityPolicy }),
      iap,
      timeoutSeconds: this.ingress.timeoutSeconds,
    };
  }

  private address(): { readonly address?: string } {
    const { address } = this.ingress;
    return address === null ? {} : { address };
  }

  private objectProps(name: string): ObjectProps {
    const { namespace, name: instance } = this.ingress;
    return { name, namespace, labels: this.instanceLabels('ingress', instance, this.ingress.way.kind) };
  }

  private webProps(airflow: Airflow): ObjectProps {
    return {
      name: airflowName(airflow, 'web'),
      namespace: airflow.namespace,
      labels: this.instanceLabels('airflow', airflow.key, 'web'),
    };
  }
}
