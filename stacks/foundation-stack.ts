import { Construct } from 'constructs';
import {
  address,
  addressPart,
  ArtifactRegistry,
  EphemeralPassword,
  GeneratedSecretVersion,
  ProjectServices,
  SecretManagerSecret,
  ServiceAccount,
  VpcNetwork,
} from '../src/google';
import { everywhere, type Platform, type Secret, type SecretValue } from '../src/model';
import { addAccess } from './access';
import { addBuckets } from './buckets';
import { addEdge } from './edge';
import { EncryptionKeys } from './encryption';
import { type Foundation, grantsOf, identitiesOf } from './foundation-parts';
import { addNetworkEdges } from './network-edges';
import { setOrigin } from './origin';
import { PlatformStack } from './platform-stack';
import { addTopics, type TopicsReady } from './topics';

const api = {
  artifactRegistry: 'artifactregistry.googleapis.com',
  compute: 'compute.googleapis.com',
  containerScanning: 'containerscanning.googleapis.com',
  iam: 'iam.googleapis.com',
  resourceManager: 'cloudresourcemanager.googleapis.com',
  secretManager: 'secretmanager.googleapis.com',
  serviceNetworking: 'servicenetworking.googleapis.com',
  storage: 'storage.googleapis.com',
} as const;

/** What lives as long as the platform: APIs, network, registries, buckets, identities and secrets. */
export class FoundationStack extends PlatformStack {
  private readonly services: ProjectServices;
  private readonly keys: EncryptionKeys;

  constructor(scope: Construct, platform: Platform) {
    super(scope, 'foundation', platform);
    this.services = new ProjectServices(this, 'services', {
      project: platform.project,
      services: platform.apis,
    });
    const network = this.addNetwork();
    this.addIdentities();
    const parts: Foundation = {
      platform,
      services: this.services,
      group: (id) => this.group(id),
      accountsOf: (keys) => this.accountsOf(keys),
    };
    addNetworkEdges(parts, network);
    addEdge(parts, network);
    addAccess(parts);
    this.keys = new EncryptionKeys(parts);
    this.addRegistries();
    const topics = addTopics(parts, this.keys);
    addBuckets(parts, this.keys, topics, (identities) => this.membersOf(identities));
    this.addSecrets(topics);
  }

  private addNetwork(): VpcNetwork {
    const { project, region, labels, network, databases } = this.platform;
    const withDatabases = databases.length > 0;
    return setOrigin(
      new VpcNetwork(this.group('network'), 'platform', {
        project,
        region,
        labels,
        name: network.name,
        subnet: { name: network.subnetName, cidr: network.nodesCidr },
        pods: { name: network.podsRangeName, cidr: network.podsCidr },
        services: { name: network.servicesRangeName, cidr: network.servicesCidr },
        furtherRanges: network.furtherRanges,
        ...(network.proxyOnly === null ? {} : { proxyOnly: network.proxyOnly }),
        ...(withDatabases
          ? { privateServices: { name: network.databasesRangeName, cidr: network.databasesCidr } }
          : {}),
        flowLogs: network.flowLogs,
        routerName: network.routerName,
        natName: network.natName,
        natAddressNames: network.natAddressNames,
        dependsOn: this.services.of(api.compute, ...(withDatabases ? [api.serviceNetworking] : [])),
      }),
      network,
    );
  }

  private addRegistries(): void {
    const { project, region, labels } = this.platform;
    const registries = this.group('registries');
    const key = this.keys.of('artifacts', region);
    const scanning = this.platform.apis.filter((one) => one === api.containerScanning);
    for (const registry of this.platform.registries) {
      setOrigin(
        new ArtifactRegistry(registries, registry.key, {
          project,
          location: region,
          labels,
          name: registry.name,
          format: registry.format,
          immutableTags: registry.immutableTags,
          keepVersions: registry.keepVersions,
          vulnerabilityScanning: registry.vulnerabilityScanning === 'off' ? 'DISABLED' : 'INHERITED',
          ...(registry.mirror === null ? {} : { mirror: registry.mirror.upstream }),
          ...(key === undefined ? {} : { kmsKey: key.id }),
          grants: grantsOf(registry.access),
          dependsOn: [
            ...this.services.of(api.artifactRegistry, ...scanning),
            ...(key?.ready ?? []),
            ...this.accountsOf(identitiesOf(registry.access)),
          ],
        }),
        registry,
      );
    }
  }

  private addIdentities(): void {
    const identities = this.group('identities');
    for (const identity of this.platform.identities) {
      setOrigin(
        new ServiceAccount(identities, identity.key, {
          project: this.platform.project,
          accountId: identity.accountId,
          displayName: identity.displayName,
          projectRoles: identity.projectRoles,
          dependsOn: this.services.of(api.iam, api.resourceManager),
        }),
        identity,
      );
    }
  }

  private addSecrets(topics: TopicsReady): void {
    const { databases } = this.platform;
    // Their values are made together with the logins they belong to.
    const passwords = new Set(databases.map(({ bootstrap }) => bootstrap?.adminPassword.secretId));
    const secrets = this.group('secrets');
    const values = this.group('values');
    for (const secret of this.platform.secrets) {
      for (const value of secret.values) {
        const parts = [
          secret.key,
          ...(value.namespace === null ? [] : [value.namespace]),
          addressPart(value.key),
        ];
        const id = address(...parts);
        const resource = this.addSecret(secrets, id, secret, value, topics);
        if (value.source === 'generated' && !passwords.has(value.secretId)) {
          this.addGeneratedValue(values, id, value, resource);
        }
      }
    }
  }

  private addSecret(
    scope: Construct,
    id: string,
    secret: Secret,
    value: SecretValue,
    topics: TopicsReady,
  ): SecretManagerSecret {
    const { regions, rotation } = secret;
    const readers = this.readersOf(secret, value);
    // A workload that names the secret reads it already.
    const further = secret.access.filter(({ identity }) => identity === null || !readers.includes(identity));
    const global = regions.length === 0 ? this.keys.of('secrets', everywhere) : undefined;
    const replicas = regions.map((region) => ({ region, key: this.keys.of('secrets', region) }));
    const ready = [global, ...replicas.map(({ key }) => key)].flatMap((key) => key?.ready ?? []);
    return setOrigin(
      new SecretManagerSecret(scope, id, {
        project: this.platform.project,
        labels: this.platform.labels,
        secretId: value.secretId,
        readers: this.membersOf(readers),
        grants: grantsOf(further),
        ...(global === undefined ? {} : { kmsKey: global.id }),
        regions: replicas.map(({ region, key }) => ({
          region,
          ...(key === undefined ? {} : { kmsKey: key.id }),
        })),
        ...(rotation === null
          ? {}
          : { rotation: { periodDays: rotation.periodDays, topic: rotation.topicId } }),
        destroyTtlDays: secret.destroyTtlDays,
        deletionProtection: secret.deletionProtection,
        dependsOn: [
          ...this.services.of(api.secretManager),
          ...ready,
          ...(rotation === null ? [] : (topics.get(rotation.topic) ?? [])),
          ...this.accountsOf([...readers, ...identitiesOf(further)]),
        ],
      }),
      value,
    );
  }

  /** Keys of the identities of the workloads that read a value: those of its namespace, where it has one. */
  private readersOf(secret: Secret, { namespace }: SecretValue): string[] {
    if (namespace === null) return [...secret.readers];
    return this.platform.identities
      .filter(({ key, kubernetes }) => kubernetes?.namespace === namespace && secret.readers.includes(key))
      .map(({ key }) => key);
  }

  private addGeneratedValue(
    scope: Construct,
    id: string,
    value: SecretValue,
    { name, secret }: SecretManagerSecret,
  ): void {
    const group = setOrigin(new Construct(scope, id), value);
    new GeneratedSecretVersion(new Construct(group, 'version'), id, {
      secret: name,
      password: new EphemeralPassword(new Construct(group, 'password'), id, {
        // A Fernet key is made of 32; others sign tokens with HS512, which wants 64 bytes.
        length: value.format === 'fernet' ? 32 : 64,
      }),
      format: value.format === 'fernet' ? 'fernet' : 'plain',
      dependsOn: [secret],
    });
  }

  /** The service accounts of some identities: nobody can be granted anything before they exist. */
  private accountsOf(keys: readonly string[]) {
    return keys.map((key) => {
      const found = this.node.findChild('identities').node.findChild(key);
      if (!(found instanceof ServiceAccount)) throw new Error(`${found.node.path} is no service account`);
      return found.account;
    });
  }
}
