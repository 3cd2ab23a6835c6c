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
network: { cidr: 10.64.0.0/14, natAddresses: 2, flowLogs: false }
cluster:
  zones: [us-west1-a, us-west1-b]
  releaseChannel: stable
  authorizedNetworks: { office: 203.0.113.0/24, vpn: 10.200.0.0/16 }
  deletionProtection: false
  maintenance: { start: "22:30", durationHours: 8, days: [SU, MO] }
  nodePools:
    main: { nodes: { min: 1, max: 4 } }
    cheap: { nodes: { min: 0, max: 9 }, spot: true, dedicated: true, diskType: pd-ssd, labels: { tier: cheap } }
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
