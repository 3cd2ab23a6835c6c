import type { Advice } from './advice';
import { address } from './address';
import { backupPlan } from './backup-plan';
import { bigquery } from './bigquery';
import { bucket } from './bucket';
import { bucketObject } from './bucket-object';
import { certificate } from './certificate';
import { composer } from './composer';
import { containerCluster } from './container-cluster';
import { cryptoKey } from './crypto-key';
import { customRole } from './custom-role';
import { disk } from './disk';
import { dnsRecord } from './dns-record';
import { dnsZone } from './dns-zone';
import { federation } from './federation';
import { firewall } from './firewall';
import { grantBinding } from './grant-binding';
import { grantMember } from './grant-member';
import { loadBalancer } from './load-balancer';
import { logging } from './logging';
import { machine } from './machine';
import { managedDatabase } from './managed-database';
import { network } from './network';
import { nodePool } from './node-pool';
import { projectService } from './project-service';
import { project } from './project';
import { pubsubSubscription } from './pubsub-subscription';
import { pubsubTopic } from './pubsub-topic';
import { registry } from './registry';
import { secret } from './secret';
import { serviceAccountKey } from './service-account-key';
import { serviceAccount } from './service-account';
import { sqlDatabase } from './sql-database';
import { sqlInstance } from './sql-instance';
import { sqlUser } from './sql-user';

/** Each type is in at most one of them. */
const all: readonly Advice[] = [
  address,
  backupPlan,
  bigquery,
  bucket,
  bucketObject,
  certificate,
  composer,
  containerCluster,
  cryptoKey,
  customRole,
  disk,
  dnsRecord,
  dnsZone,
  federation,
  firewall,
  grantBinding,
  grantMember,
  loadBalancer,
  logging,
  machine,
  managedDatabase,
  network,
  nodePool,
  projectService,
  project,
  pubsubSubscription,
  pubsubTopic,
  registry,
  secret,
  serviceAccountKey,
  serviceAccount,
  sqlDatabase,
  sqlInstance,
  sqlUser,
];

/** What is known of the loss of a type; undefined where nothing special is. */
export function adviceFor(type: string): Advice | undefined {
  return all.find(({ types }) => types.test(type));
}
