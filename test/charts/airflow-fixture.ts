/** Two Airflows in one cluster, each with a database, logs, keys and identities of its own. */
export const twoInstances = (production = '', testing = ''): string => `
version: 1
name: gitlab
google: { project: gitlab-analysis, region: us-west1 }
cluster:
  nodePools:
    highmem: {}
    production-task: { dedicated: true }
    testing: { dedicated: true }
databases:
  airflow: { databases: [airflow, airflow_testing] }
namespaces: { production: {}, testing: {} }
secrets:
  git: { keys: [ssh, known_hosts, token, app], namespaces: [production, testing] }
  sso: { keys: [id, secret, admin], namespaces: [production] }
  fernet: { keys: [new], namespaces: [production] }
airflow:
  production:
    namespace: production
    database: airflow/airflow
${production}
  testing:
    namespace: testing
    database: airflow/airflow_testing
    pool: testing
${testing}
`;

/** Roles of people as the reference describes them, beside those of Airflow itself. */
export const referenceRoles = `
      roles:
        Profile: { My Password: [can_read, can_edit], My Profile: [can_read, can_edit] }
        Analytics_engineer: { Admin: [menu_access], Variables: [menu_access, can_read, can_edit] }`;

/** Everything that an Airflow 3 can be asked for, with a pod for each task. */
export const fullProduction = `
    host: airflow.gitlabdata.com
    pool: highmem
    executor: KubernetesExecutor
    workers: { pool: production-task, resources: { memory: 2Gi } }
    replicas: { apiServer: { min: 2, max: 4 }, scheduler: 2 }
    dags:
      git:
        url: git@gitlab.com:gitlab-data/analytics.git
        sshKey: { secret: git/ssh }
        knownHosts: { secret: git/known_hosts }
    podNamespaces: [production, testing]
    keys: { fernetKey: { secret: fernet/new }, previousFernetKey: { secret: tapline-airflow-production/fernet-key } }
    metrics: statsd
    pgbouncer: {}
    auth:${referenceRoles}
      oauth:
        issuer: https://gitlab.com
        clientId: { secret: sso/id }
        clientSecret: { secret: sso/secret }
        groupsClaim: groups_direct
        groups: { gitlab-data/analysts: [User, Profile, Analytics_engineer], gitlab-data/engineers: [Admin] }
        people: { "@gitlab.com": [Viewer] }`;
