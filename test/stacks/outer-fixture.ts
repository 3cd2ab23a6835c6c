/** A platform that uses every setting of the edge, of access and of operations. */
export const outer = `
version: 1
name: outer
google: { project: analysis-1, projectNumber: "123456789012", region: us-west1 }
labels: { team: data }
network: { addresses: { airflow-west: { scope: regional }, front: { scope: global } } }
databases: { main: { databases: [airflow] } }
buckets: { exports: {} }
topics: { alerts: {} }
namespaces: { production: {} }
airflow: { production: { namespace: production, database: main/airflow } }
dns:
  zones:
    data:
      domain: data.example.com
      records:
        airflow: { address: airflow-west }
        front: { address: front, ttlSeconds: 60 }
        apex: { name: "@", type: TXT, values: ["v=spf1 -all"] }
        www: { type: CNAME, values: [airflow.data.example.com] }
        mail: { name: "@", type: MX, values: [20 b.example.com, 10 a.example.com] }
        six: { type: AAAA, values: ["2001:DB8:0:0:0:0:0:7"] }
    inside: { domain: internal.example.com, visibility: private, records: { db: { values: [10.0.0.9] } } }
    unsigned: { domain: plain.example.org, dnssec: false }
certificates:
  web: { domains: [airflow.data.example.com, "*.apps.data.example.com"], zone: data }
  elsewhere: { domains: [foreign.example.net], scope: regional }
securityPolicies:
  office: { allow: [203.0.113.0/24], deny: [203.0.113.9/32], rateLimit: { requests: 100, banSeconds: 600 }, waf: {} }
  open: { rateLimit: { requests: 600 } }
iap: { members: { team: "group:data-team@example.com" } }
access:
  groups:
    engineers: { member: "group:engineers@example.com", preset: engineer }
    developers: { member: "group:developers@example.com", preset: developer, roles: [roles/cloudsql.client, tunnel] }
    analysts: { member: "group:analysts@example.com", preset: analyst }
  roles:
    tunnel: { permissions: [cloudsql.instances.get, cloudsql.instances.connect] }
ci:
  github: { repository: acme/platform, repositoryId: 4711, branches: [main], environments: [production] }
  gitlab: { project: acme/data/platform, host: gitlab.example.com, tags: true }
logging:
  sinks:
    archive: { destination: { bucket: exports }, filter: "severity>=ERROR" }
    stream: { destination: { topic: alerts }, filter: "severity>=CRITICAL" }
    query: { destination: { dataset: audit }, filter: 'log_id("cloudaudit.googleapis.com/activity")', retentionDays: 30 }
  metrics:
    rows: { filter: 'jsonPayload.event="loaded"', value: EXTRACT(jsonPayload.rows), labels: { tap: EXTRACT(jsonPayload.tap) } }
    loads: { filter: 'jsonPayload.event="loaded"', description: Loads }
  exclusions:
    health: { filter: 'httpRequest.userAgent=~"^kube-probe"', description: Probes say nothing }
  auditLogs: { exempt: ["serviceAccount:scanner@analysis-1.iam.gserviceaccount.com"] }
monitoring:
  channels:
    mail: { email: data-team@example.com }
    slack: { slack: projects/analysis-1/notificationChannels/1234567890 }
  alerts:
    airflow-heartbeat: { expr: "airflow_scheduler_heartbeat < 1", for: 10m, severity: critical, team: data-analytics, channels: [slack], summary: Look at the scheduler. }
    denied: { log: 'protoPayload.status.code=7' }
  uptime:
    airflow: { host: airflow.data.example.com, path: /api/v2/monitor/health, statuses: [302, 200] }
budget: { billingAccount: 01AB23-CD45EF-678901, monthlyAmount: 2000, currency: USD, channels: [mail] }
`;
