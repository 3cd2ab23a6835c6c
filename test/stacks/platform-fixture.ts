import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPlatforms, type Platform } from '../../src/model';

/** The only platform of a configuration. */
export function platformOf(text: string): Platform {
  const [platform] = loadPlatforms({ name: 'platform.yaml', text }).platforms;
  if (platform === undefined) throw new Error('the configuration declares no platform');
  return platform;
}

/** The platform of an example in this repository. */
export function examplePlatform(name: string): Platform {
  return platformOf(readFileSync(join(__dirname, '../../examples', name, 'platform.yaml'), 'utf8'));
}

/** A platform that uses every setting that reaches Terraform. */
export const everything = `
version: 1
name: everything
google: { project: analysis-1, projectNumber: "123456789012", region: us-west1, apis: [admin.googleapis.com] }
production: true
labels: { team: data }
network:
  cidr: 10.64.0.0/14
  natAddresses: 2
  flowLogs: false
  proxyOnly: true
  addresses: { airflow-west: { name: airflow-west }, web: { scope: global } }
  peerings:
    hub: { network: projects/shared-1/global/networks/hub, exportCustomRoutes: true, importCustomRoutes: true }
  firewall:
    admission: { ranges: [10.64.0.0/14], protocols: [{ protocol: tcp, ports: [8443, 9000-9010] }] }
    no-smtp: { direction: egress, action: deny, ranges: [0.0.0.0/0], protocols: [{ protocol: tcp, ports: [25] }] }
    bastion: { ranges: [35.235.240.0/20], protocols: [{ protocol: tcp, ports: [22] }, { protocol: icmp }], tags: [bastion], priority: 900 }
    pods-to-hub: { peering: hub, ranges: [10.66.0.0/15], protocols: [{ protocol: tcp, ports: [5432] }], tags: [postgres] }
cluster:
  zones: [us-west1-a, us-west1-b]
  releaseChannel: stable
  authorizedNetworks: { office: 203.0.113.0/24, vpn: 10.200.0.0/16 }
  deletionProtection: false
  securityGroup: gke-security-groups@example.com
  binaryAuthorization: false
  maintenance:
    start: "22:30"
    durationHours: 8
    days: [SU, MO]
    exclusions: { winter: { start: "2031-12-20T00:00:00Z", end: "2032-01-04T00:00:00Z" } }
  backup: { schedule: "30 1 * * *", retainDays: 30, lockDays: 7 }
  nodePools:
    main: { nodes: { min: 1, max: 4 } }
    cheap: { nodes: { min: 0, max: 9 }, spot: true, dedicated: true, diskType: pd-ssd, labels: { tier: cheap } }
    scratch: { machineType: n2-standard-4, localSsdCount: 1, serviceAccount: own, maxPodsPerNode: 32, tags: [bastion], upgrade: { strategy: blue-green } }
clusters:
  autopilot: { autopilot: true, pods: 10.80.0.0/17, services: 10.81.0.0/20, backup: {} }
  runner: { zone: us-west1-a, pods: 10.82.0.0/17, services: 10.83.0.0/20, nodePools: { main: { nodes: { min: 1, max: 2 } } } }
databases:
  main:
    databases: [airflow, airflow_testing]
    flags: { max_connections: 200, log_duration: "off" }
    deletionProtection: false
  analytics:
    version: POSTGRES_16
    edition: ENTERPRISE_PLUS
    tier: db-perf-optimized-N-4
    diskSizeGb: 100
    highAvailability: false
    databases: [dw-production]
    backups: { start: "04:15", retained: 30, transactionLogDays: 7 }
registries:
  images: { immutableTags: true, keepVersions: 5 }
  wheels: { format: python }
secrets:
  tap-secrets: { keys: [sf_user, sf.password], namespaces: [production] }
  shared: { keys: [token], namespaces: [production, testing] }
namespaces: { production: {}, testing: {} }
airflow:
  production: { namespace: production, database: main/airflow, env: { TOKEN: { secret: shared/token } } }
  testing: { namespace: testing, database: main/airflow_testing }
meltano:
  gitlab:
    project: ./meltano
    namespace: production
    image: images/gitlab:1
    pool: cheap
    database: analytics/dw-production
    env: { SF_USER: { secret: tap-secrets/sf_user }, SF_PASSWORD: { secret: tap-secrets/sf.password } }
`;
