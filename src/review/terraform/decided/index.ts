import { bigquerySchema } from './bigquery-schema';
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
