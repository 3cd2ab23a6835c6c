import type { Construct } from 'constructs';
import { instanceLabels } from '../src/kubernetes/labels';
import { airflowName } from './airflow-props';
import { dnsEgress, kubernetesApiEgress, NetworkPolicy } from '../src/kubernetes/network-policy';
import { gitlabRunnerMetricsPort } from '../src/kubernetes/gitlab-runner-config';
import type {
  Airflow,
  DatabaseBootstrap,
  DatabaseInstance,
  GitlabRunner,
  Ingress,
  Meltano,
  RunnerJobs,
} from '../src/model/platform';
import { airflowTraffic } from './airflow-traffic';
import { sharedDatabases } from './databases-chart';
import { nginxTraffic, webIngress, webPods } from './ingress-traffic';
import { tagOrigin } from './origins';
import { PlatformChart, type PlatformChartProps } from './platform-chart';
import { scrapeIngress, workloadEgress } from './translate';

/** Nothing in or out of the namespaces but name resolution and what each workload needs. */
export class NetworkPoliciesChart extends PlatformChart {
  constructor(scope: Construct, props: PlatformChartProps) {
    super(scope, '30-network-policies', props);
    for (const { name, origin } of this.here(this.platform.namespaces)) {
      this.addDefaults(name, origin);
    }
    for (const instance of this.platform.databases) {
      this.addBootstrap(instance);
      this.addShares(instance);
    }
    for (const airflow of this.here(this.platform.airflow)) this.addAirflow(airflow);
    for (const project of this.here(this.platform.meltano)) this.addMeltano(project);
    for (const runner of this.here(this.platform.gitlabRunners)) {
      this.addGitlabRunner(runner);
      this.addJobs('gitlab-job', runner);
    }
    for (const runner of this.here(this.platform.githubRunners)) this.addJobs('github-job', runner);
    const { ingress } = this.platform;
    if (ingress?.cluster === this.cluster.key) this.addWays(ingress);
  }

  /** What comes from outside gets to the pages and to nothing else, and by nobody else's way. */
  private addWays(ingress: Ingress): void {
    for (const { airflow: key, origin } of ingress.hosts) {
      for (const airflow of this.platform.airflow.filter((one) => one.key === key)) {
        const policy = new NetworkPolicy(this, `web-${key}`, {
          name: airflowName(airflow, 'web'),
          namespace: airflow.namespace,
          labels: this.instanceLabels('airflow', key, 'network-policy'),
          podSelector: webPods(airflow),
          ingress: [webIngress(ingress)],
        });
        tagOrigin(policy, origin);
      }
    }
    if (ingress.way.kind !== 'nginx') return;
    const policy = new NetworkPolicy(this, 'ingress', {
      name: `ingress-${ingress.name}`,
      namespace: ingress.namespace,
      labels: this.instanceLabels('ingress', ingress.name, 'network-policy'),
      ...nginxTraffic(this.platform, ingress, ingress.way),
    });
    tagOrigin(policy, ingress.origin);
  }

  private addDefaults(namespace: string, origin: readonly (string | number)[]): void {
    const labels = this.platformLabels('network-policy');
    tagOrigin(
      new NetworkPolicy(this, `${namespace}-default-deny`, {
        name: 'default-deny',
        namespace,
        labels,
        podSelector: {},
      }),
      origin,
    );
    tagOrigin(
      new NetworkPolicy(this, `${namespace}-allow-dns`, {
        name: 'allow-dns',
        namespace,
        labels,
        podSelector: {},
        egress: [dnsEgress()],
      }),
      origin,
    );
  }

  private addBootstrap(instance: DatabaseInstance): void {
    const { bootstrap } = instance;
    if (bootstrap === null || !this.isHere(bootstrap)) return;
    const policy = new NetworkPolicy(this, bootstrap.identity.key, {
      name: bootstrap.identity.key,
      namespace: bootstrap.namespace,
      labels: this.instanceLabels('database-bootstrap', instance.key, 'network-policy'),
      podSelector: instanceLabels({ app: 'database-bootstrap', instance: instance.key }),
      egress: workloadEgress(this.platform, { database: { psc: instance.psc !== null }, egress: [] }),
    });
    tagOrigin(policy, bootstrap.origin);
  }

  /** The Jobs by which workloads share their tables. */
  private addShares(instance: DatabaseInstance): void {
    for (const user of instance.users) {
      const identity = this.platform.identities.find(({ key }) => key === user.identity);
      if (identity?.kubernetes?.cluster !== this.cluster.key) continue;
      if (sharedDatabases(instance, user).length === 0) continue;
      const name = `share-${instance.key}-${user.identity}`;
      const policy = new NetworkPolicy(this, name, {
        name,
        namespace: user.namespace,
        labels: this.instanceLabels('database-share', user.identity, 'network-policy'),
        podSelector: instanceLabels({ app: 'database-share', instance: user.identity }),
        egress: workloadEgress(this.platform, { database: { psc: instance.psc !== null }, egress: [] }),
      });
      tagOrigin(policy, user.origin);
    }
  }

  /** The pods of an Airflow talk to each other, to the Kubernetes API where they make pods, and to a collector. */
  private addAirflow(airflow: Airflow): void {
    const policy = new NetworkPolicy(this, airflow.identity.key, {
      name: airflow.identity.key,
      namespace: airflow.namespace,
      labels: this.instanceLabels('airflow', airflow.key, 'network-policy'),
      podSelector: instanceLabels({ app: 'airflow', instance: airflow.key }),
      ...airflowTraffic(this.platform, airflow),
    });
    tagOrigin(policy, airflow.origin);
  }

  /** One policy for all pods of a project: its pipelines reach what the project may reach. */
  private addMeltano(project: Meltano): void {
    const policy = new NetworkPolicy(this, project.identity.key, {
      name: project.identity.key,
      namespace: project.namespace,
      labels: this.instanceLabels('meltano', project.key, 'network-policy'),
      podSelector: instanceLabels({ app: 'meltano', instance: project.key }),
      egress: workloadEgress(this.platform, { database: project.database, egress: project.egress }),
    });
    tagOrigin(policy, project.origin);
  }

  /** The runner itself talks to GitLab and to the Kubernetes API, and Prometheus to it. */
  private addGitlabRunner(runner: GitlabRunner): void {
    const { key, namespace, identity, egress, origin } = runner;
    const policy = new NetworkPolicy(this, identity.key, {
      name: identity.key,
      namespace,
      labels: this.instanceLabels('gitlab-runner', key, 'network-policy'),
      podSelector: instanceLabels({ app: 'gitlab-runner', instance: key }),
      ingress: scrapeIngress(this.platform, gitlabRunnerMetricsPort),
      egress: [
        ...workloadEgress(this.platform, { database: null, egress }),
        kubernetesApiEgress(this.platform.network.nodesCidr),
      ],
    });
    tagOrigin(policy, origin);
  }

  /** Jobs of CI reach what is asked for, and nobody reaches them. */
  private addJobs(
    app: string,
    {
      key,
      namespace,
      jobs,
      origin,
    }: Pick<GitlabRunner, 'key' | 'namespace' | 'origin'> & { readonly jobs: RunnerJobs },
  ): void {
    const policy = new NetworkPolicy(this, jobs.identity.key, {
      name: jobs.identity.key,
      namespace,
      labels: this.instanceLabels(app, key, 'network-policy'),
      podSelector: instanceLabels({ app, instance: key }),
      egress: workloadEgress(this.platform, { database: null, egress: jobs.egress }),
    });
    tagOrigin(policy, origin);
  }

  private isHere({ identity }: DatabaseBootstrap): boolean {
    return identity.kubernetes?.cluster === this.cluster.key;
  }
}
