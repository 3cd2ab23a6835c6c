import type { ConfigPath } from '../config/problem';
import { listed, nearest } from '../config/nearest';
import { interpreted } from '../config/schema/common';
import { database, type DatabaseConfig } from '../config/schema/database';
import { checkInstance, type DeclaredInstance } from './database-checks';
import { addLoginSecret, resolveLogins, rolesOfCopy } from './database-logins';
import { resolveMaintenance, resolvePsc, resolveReplicas } from './database-parts';
import { lockImage, publicImage, publicImages } from './images';
import { fit, limits } from './names';
import type {
  DatabaseAccess,
  DatabaseBootstrap,
  DatabaseClone,
  DatabaseInstance,
  DatabaseLogin,
  DatabaseUser,
  Identity,
  Placement,
  Workload,
} from './platform';
import { anywhere } from './workloads';
import { addGeneratedSecret, addIdentity, compare, type Scope, sortedEntries } from './scope';

/** Roles that a service account needs to connect through the proxy and to log in by IAM. */
export const connectRoles = ['roles/cloudsql.client'];
export const loginRoles = ['roles/cloudsql.client', 'roles/cloudsql.instanceUser'];

/**
 * The built-in login that gives the other logins their rights. That of a copy is called after its instance: the login of
 * the original comes with the copy, with a password that belongs to the original.
 */
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
  private readonly declared: ReadonlyMap<string, DeclaredInstance>;
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
          [
            'main',
            { config: database.parse({ databases: ['airflow'] }, interpreted), origin: ['airflow', first] },
          ],
        ]);
      }
    }
    // Before the workloads, so that they may name the secrets of logins.
    for (const [key, { config, origin }] of this.declared) {
      for (const [user, { login }] of sortedEntries(config.users)) {
        if (login === 'password') addLoginSecret(scope, key, user, [...origin, 'users', user]);
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
      psc: instance.config.connect.psc !== undefined,
    };
  }

  /** The instances with everybody who uses them. Call it after the last {@link access}. */
  resolve(): DatabaseInstance[] {
    return [...this.declared].map(([key, declared]) => {
      const { config, origin } = declared;
      checkInstance(this.scope, declared, this.declared);
      const users = this.usersOf(key);
      const { logins, roles } = resolveLogins(
        this.scope,
        key,
        declared,
        new Set(users.map(({ name }) => name)),
        this.copiedDatabases(key),
      );
      return {
        key,
        name: this.instanceName(key, config),
        connectionName: this.connectionName(key, config),
        version: config.version,
        edition: config.edition,
        tier: config.tier,
        diskSizeGb: config.diskSizeGb,
        highAvailability: config.highAvailability ?? this.scope.config.production,
        backups: { ...config.backups, location: config.backups.location ?? null },
        flags: config.flags,
        insights: config.insights,
        maintenance: resolveMaintenance(config),
        psc: resolvePsc(this.scope, key, config),
        clone: this.clone(config, origin),
        replicas: resolveReplicas(this.scope, key, this.instanceName(key, config), declared),
        deletionProtection: config.deletionProtection,
        databases: [...config.databases].sort(compare).map((name) => ({
          instance: key,
          name,
          origin:
            origin[0] === 'databases' ? [...origin, 'databases', config.databases.indexOf(name)] : origin,
        })),
        users,
        logins,
        roles: config.clone === undefined ? roles : rolesOfCopy(declared, users),
        bootstrap: this.bootstrap(key, config, users, logins, origin),
        origin,
      };
    });
  }

  private usersOf(key: string): DatabaseUser[] {
    return [...(this.users.get(key)?.values() ?? [])]
      .map((user): DatabaseUser => ({
        name: iamUser(user.identity),
        identity: user.identity.key,
        databases: [...user.databases].sort(compare),
        namespace: user.namespace,
        placement: user.placement,
        origin: user.origin,
      }))
      .sort((a, b) => compare(a.identity, b.identity));
  }

  /** Databases of an instance that workloads use on a copy of it. */
  private copiedDatabases(key: string): ReadonlySet<string> {
    const copies = [...this.declared].filter(([, { config }]) => config.clone?.of === key);
    return new Set(copies.flatMap(([copy]) => this.usersOf(copy).flatMap(({ databases }) => databases)));
  }

  private clone({ clone }: DatabaseConfig, origin: ConfigPath): DatabaseClone | null {
    if (clone === undefined) return null;
    const source = clone.of === undefined ? undefined : this.declared.get(clone.of)?.config;
    return {
      of: clone.of ?? null,
      instance: clone.instance ?? (source === undefined ? '' : this.instanceName(clone.of ?? '', source)),
      pointInTime: clone.pointInTime ?? null,
      origin: [...origin, 'clone'],
    };
  }

  private bootstrap(
    key: string,
    config: DatabaseConfig,
    users: readonly DatabaseUser[],
    logins: readonly DatabaseLogin[],
    origin: ConfigPath,
  ): DatabaseBootstrap | null {
    if (users.length + logins.length === 0) return null;
    const namespace =
      users.map((user) => user.namespace).sort(compare)[0] ??
      [...this.scope.namespaces.keys()].sort(compare)[0];
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
    for (const { password: login } of logins) {
      if (login !== null) this.scope.secrets.get(login.secret)?.readers.push(identity.key);
    }
    return {
      adminUser:
        config.clone === undefined
          ? adminUser
          : fit(limits.sqlUser, adminUser, this.instanceName(key, config)),
      adminPassword: password,
      namespace,
      identity,
      placement: anywhere,
      image: publicImage(publicImages.psql, this.scope),
      proxyImage: lockImage(publicImages.cloudSqlProxy, this.scope.lock),
      connectionName: this.connectionName(key, config),
      secret,
      origin,
    };
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
}

/** Cloud SQL's name of a service account's login. */
function iamUser(identity: Identity): string {
  return identity.email.replace(/\.gserviceaccount\.com$/, '');
}
