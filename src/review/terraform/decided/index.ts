import { bigquerySchema } from './bigquery-schema';
import { betaApis } from './beta-apis';
import { bigtableClusters } from './bigtable-clusters';
import { diskIops } from './disk-iops';
import { instanceAddress } from './instance-address';
import { secretReplication } from './secret-replication';
import { spannerDdl } from './spanner-ddl';
import { transferParams } from './transfer-params';
import { bucketRetention } from './bucket-retention';
import { clusterSwitches } from './cluster-switches';
import { composerNetwork } from './composer-network';
import { connectorShrinks } from './connector-shrinks';
import type { DecidedInCode } from './decision';
import { diskShrinks } from './disk-shrinks';
import { redisVersion } from './redis-version';
import { sqlPrivateNetwork } from './sql-private-network';
import { sqlReplica } from './sql-replica';
import { startupScript } from './startup-script';
import { subnetRange } from './subnet-range';

const all: readonly DecidedInCode[] = [
  bigquerySchema,
  betaApis,
  bigtableClusters,
  diskIops,
  instanceAddress,
  secretReplication,
  spannerDdl,
  transferParams,
  bucketRetention,
  clusterSwitches,
  composerNetwork,
  connectorShrinks,
  diskShrinks,
  redisVersion,
  sqlPrivateNetwork,
  sqlReplica,
  startupScript,
  subnetRange,
];

/** The decisions that the provider takes in code for a type. */
export function decisionsFor(type: string): readonly DecidedInCode[] {
  return all.filter(({ types }) => types.includes(type));
}
