import type { ConfigPath } from '../config/problem';
import { listed, nearest } from '../config/nearest';
import { database, type DatabaseConfig } from '../config/schema/database';
import { lockImage, publicImages } from './images';
import { fit, limits } from './names';
import type {
  DatabaseAccess,
  DatabaseBootstrap,
  DatabaseInstance,
  DatabaseUser,
  Identity,
  Placement,
  Workload,
} from './platform';
import { tierProblem } from './tiers';
import { anywhere, hasOpenPool } from './workloads';
import { addGeneratedSecret, addIdentity, compare, type Scope, sortedEntries } from './scope';

/** Roles that a service account needs to connect through the proxy and to log in by IAM. */
export const connectRoles = ['roles/cloudsql.client'];
export const loginRoles = ['roles/cloudsql.client', 'roles/cloudsql.instanceUser'];

const defaultTier = database.parse({ databases: ['any'] }).tier;

/** The built-in login that gives the IAM logins their rights. */
const adminUser = 'tapline-bootstrap';

/** A login while its databases are being gathered. */
interface OpenUser {
  readonly identity: Identity;
  readonly databases: Set<string>;
  readonly namespace: string;
  readonly placement: Placement;
  readonly origin: ConfigPath;
}

/** The instances, declared or implied, while the workloads that use them are being resolved. */
export class Databases {
  private readonly declared: ReadonlyMap<string, { config: DatabaseConfig; origin: ConfigPath }>;
  private readonly users = new Map<string, Map<string, OpenUser>>();

  constructor(private readonly scope: Scope) {
    this.declared = new Map(
      sortedEntries(scope.config.databases).map(([key, config]) => [
        key,
        { config, origin: ['databases', key] },
      ]),
    );
    if (this.declared.size === 0) {
      const first = sortedEntries(scope.config.airflow)[0]?.[0];
      // Airflow cannot be without a database, so ten lines need not say that they want one.
      if (first !== undefined) {
        this.declared = new Map([
          ['main', { config: database.parse({ databases: ['airflow'] }), origin: ['airflow', first] }],
        ]);
      }
    }
  }

  /** Whether there is any. */
  get any(): boolean {
    return this.declared.size > 0;
  }

  /** `INSTANCE/airflow` where there is only one instance and it has such a database. */
  defaultFor(name: string, path: ConfigPath): string | undefined {
    const [only, ...others] = [...this.declared.keys()];
    if (only !== undefined && others.length === 0) return `${only}/${name}`;
    this.scope.problems.add({
      path,
      message: 'with several instances, it must say which database is its own',
      allowed: listed(this.references()),
      fix: `add database: ${this.references()[0] ?? 'INSTANCE/DATABASE'}`,
      dependsOn: [['databases']],
    });
    return undefined;
  }

  /** Access of a workload to a database; its service account becomes a user of it. */
  access(
    reference: string,
    path: ConfigPath,
    workload: Pick<Workload, 'identity' | 'namespace' | 'placement' | 'origin'>,
  ): DatabaseAccess | undefined {
    const slash = reference.indexOf('/');
    const [key, name] = [reference.slice(0, slash), reference.slice(slash + 1)];
    const instance = this.declared.get(key);
    if (instance?.config.databases.includes(name) !== true) {
      const near = nearest(reference, this.references());
      this.scope.problems.add({
        path,
        message:
          instance === undefined
            ? `there is no instance '${key}'`
            : `the instance '${key}' has no database '${name}'`,
        found: reference,
        allowed: listed(this.references()) || 'none is declared under databases',
        fix:
          near !== undefined
            ? `did you mean '${near}'?`
            : instance === undefined
              ? `declare databases.${key} with the database ${name}`
              : `add ${name} to databases.${key}.databases`,
        dependsOn: [instance === undefined ? ['databases'] : [...instance.origin, 'databases']],
      });
      return undefined;
    }
    const users = this.users.get(key) ?? new Map<string, OpenUser>();
    this.users.set(key, users);
    const user = users.get(workload.identity.key) ?? { ...workload, databases: new Set<string>() };
    users.set(workload.identity.key, user);
    user.databases.add(name);
    return {
      instance: key,
      database: name,
      connectionName: this.connectionName(key, instance.config),
      iamUser: iamUser(workload.identity),
      proxyImage: lockImage(publicImages.cloudSqlProxy, this.scope.lock),
    };
  }

  /** The instances with everybody who uses them. Call it after the last {@link access}. */
  resolve(): DatabaseInstance[] {
    return [...this.declared].map(([key, { config, origin }]) => {
      this.checkInstance(config, origin);
      const users = [...(this.users.get(key)?.values() ?? [])]
        .map((user): DatabaseUser => ({
          name: iamUser(user.identity),
          identity: user.identity.key,
          databases: [...user.databases].sort(compare),
          namespace: user.namespace,
          origin: user.origin,
        }))
        .sort((a, b) => compare(a.identity, b.identity));
      return {
        key,
        name: this.instanceName(key, config),
        connectionName: this.connectionName(key, config),
        version: config.version,
        edition: config.edition,
        tier: config.tier,
        diskSizeGb: config.diskSizeGb,
        highAvailability: config.highAvailability ?? this.scope.config.production,
        backups: config.backups,
        flags: config.flags,
        deletionProtection: config.deletionProtection,
        databases: [...config.databases].sort(compare).map((name) => ({
          instance: key,
          name,
          origin:
            origin[0] === 'databases' ? [...origin, 'databases', config.databases.indexOf(name)] : origin,
        })),
        users,
        bootstrap: this.bootstrap(key, config, users, origin),
        origin,
      };
    });
  }

  private bootstrap(
    key: string,
    config: DatabaseConfig,
    users: readonly DatabaseUser[],
    origin: ConfigPath,
  ): DatabaseBootstrap | null {
    const namespace = users.map((user) => user.namespace).sort(compare)[0];
    if (namespace === undefined) return null;
    const name = `bootstrap-${key}`;
    const identity = addIdentity(this.scope, {
      key: name,
      displayName: `Gives the database users of ${key} their rights`,
      projectRoles: connectRoles,
      kubernetes: { namespace, serviceAccount: name },
      origin,
    });
    const secret = addGeneratedSecret(
      this.scope,
      `tapline-bootstrap-${key}`,
      { password: 'alphanumeric' },
      namespace,
      identity,
      origin,
    );
    const password = secret.values[0];
    if (password === undefined) throw new Error('a generated secret has no value');
    return {
      adminUser,
      adminPassword: password,
      namespace,
      identity,
      placement: this.bootstrapPlacement(key),
      image: lockImage(publicImages.psql, this.scope.lock),
      proxyImage: lockImage(publicImages.cloudSqlProxy, this.scope.lock),
      connectionName: this.connectionName(key, config),
      secret,
      origin,
    };
  }

  /** Where every pool is dedicated, the Job goes to the pool of the first workload that needs it. */
  private bootstrapPlacement(key: string): Placement {
    const [first] = [...(this.users.get(key) ?? [])].sort(([a], [b]) => compare(a, b));
    return hasOpenPool(this.scope) || first === undefined ? anywhere : first[1].placement;
  }

  private instanceName(key: string, config: DatabaseConfig): string {
    const room = limits.sqlInstanceWithProject - 1 - this.scope.config.google.project.length;
    return config.instanceName ?? fit(Math.min(room, 63), this.scope.prefix, key);
  }

  private connectionName(key: string, config: DatabaseConfig): string {
    const { project, region } = this.scope.config.google;
    return `${project}:${region}:${this.instanceName(key, config)}`;
  }

  private references(): string[] {
    return [...this.declared].flatMap(([key, { config }]) =>
      config.databases.map((name) => `${key}/${name}`),
    );
  }

  private checkInstance(config: DatabaseConfig, origin: ConfigPath): void {
    const { project } = this.scope.config.google;
    const together = project.length + 1 + (config.instanceName?.length ?? 0);
    if (config.instanceName !== undefined && together > limits.sqlInstanceWithProject) {
      this.scope.problems.add({
        path: [...origin, 'instanceName'],
        message: 'project and instance are together too long for Cloud SQL',
        found: `${project}:${config.instanceName}, ${together} characters`,
        allowed: `at most ${limits.sqlInstanceWithProject} characters, the colon included`,
        fix: `shorten it by ${together - limits.sqlInstanceWithProject} characters`,
        dependsOn: [['google', 'project']],
      });
    }
    const highAvailability = config.highAvailability ?? this.scope.config.production;
    const tier = tierProblem({ ...config, highAvailability }, [...origin, 'tier'], defaultTier);
    if (tier !== undefined) this.scope.problems.add(tier);
    if (config.edition === 'ENTERPRISE' && config.backups.transactionLogDays > 7) {
      this.scope.problems.add({
        path: [...origin, 'backups', 'transactionLogDays'],
        message: 'the edition ENTERPRISE keeps transaction logs for a week at most',
        found: String(config.backups.transactionLogDays),
        allowed: 'at most 7; with ENTERPRISE_PLUS at most 35',
        fix: 'lower it to 7',
        dependsOn: [[...origin, 'edition']],
      });
    }
    const iam = config.flags['cloudsql.iam_authentication'];
    if (iam !== undefined && iam !== 'on') {
      this.scope.problems.add({
        path: [...origin, 'flags', 'cloudsql.iam_authentication'],
        message: 'without this flag no workload could log in',
        found: iam,
        allowed: 'on, which every instance has without asking',
        fix: 'remove the line',
      });
    }
  }
}

/** Cloud SQL's name of a service account's login. */
function iamUser(identity: Identity): string {
  return identity.email.replace(/\.gserviceaccount\.com$/, '');
}
