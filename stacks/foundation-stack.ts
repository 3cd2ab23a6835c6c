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
  StorageBucket,
  VpcNetwork,
} from '../src/google';
import type { Platform, Secret, SecretValue } from '../src/model';
import { setOrigin } from './origin';
import { PlatformStack } from './platform-stack';

const api = {
  artifactRegistry: 'artifactregistry.googleapis.com',
  compute: 'compute.googleapis.com',
  iam: 'iam.googleapis.com',
  resourceManager: 'cloudresourcemanager.googleapis.com',
  secretManager: 'secretmanager.googleapis.com',
  serviceNetworking: 'servicenetworking.googleapis.com',
  storage: 'storage.googleapis.com',
} as const;

/** What lives as long as the platform: APIs, network, registries, buckets, identities and secrets. */
export class FoundationStack extends PlatformStack {
  private readonly services: ProjectServices;

  constructor(scope: Construct, platform: Platform) {
    super(scope, 'foundation', platform);
    this.services = new ProjectServices(this, 'services', {
      project: platform.project,
      services: platform.apis,
    });
    this.addNetwork();
    this.addRegistries();
    this.addIdentities();
    this.addBuckets();
    this.addSecrets();
  }

  private addNetwork(): void {
    const { project, region, labels, network, databases } = this.platform;
    const withDatabases = databases.length > 0;
    setOrigin(
      new VpcNetwork(this.group('network'), 'platform', {
        project,
        region,
        labels,
        name: network.name,
        subnet: { name: network.subnetName, cidr: network.nodesCidr },
        pods: { name: network.podsRangeName, cidr: network.podsCidr },
        services: { name: network.servicesRangeName, cidr: network.servicesCidr },
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
          dependsOn: this.services.of(api.artifactRegistry),
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

  private addBuckets(): void {
    const { project, labels } = this.platform;
    const buckets = this.group('buckets');
    const storage = this.services.of(api.storage);
    for (const bucket of this.platform.buckets) {
      setOrigin(
        new StorageBucket(buckets, bucket.key, {
          project,
          labels: { ...labels, purpose: bucket.purpose },
          name: bucket.name,
          location: bucket.location,
          writers: this.membersOf(bucket.writers),
          dependsOn: [...storage, ...this.accountsOf(bucket.writers)],
        }),
        bucket,
      );
    }
  }

  private addSecrets(): void {
    const { databases } = this.platform;
    // Their values are made together with the logins they belong to.
    const passwords = new Set(databases.map(({ bootstrap }) => bootstrap?.adminPassword.secretId));
    const secrets = this.group('secrets');
    const values = this.group('values');
    for (const secret of this.platform.secrets) {
      for (const value of secret.values) {
        const id = address(secret.key, addressPart(value.key));
        const resource = this.addSecret(secrets, id, secret, value);
        if (value.source === 'generated' && !passwords.has(value.secretId)) {
          this.addGeneratedValue(values, id, value, resource);
        }
      }
    }
  }

  private addSecret(scope: Construct, id: string, secret: Secret, value: SecretValue): SecretManagerSecret {
    return setOrigin(
      new SecretManagerSecret(scope, id, {
        project: this.platform.project,
        labels: this.platform.labels,
        secretId: value.secretId,
        readers: this.membersOf(secret.readers),
        dependsOn: [...this.services.of(api.secretManager), ...this.accountsOf(secret.readers)],
      }),
      value,
    );
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
