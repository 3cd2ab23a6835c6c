import type { Construct } from 'constructs';
import type { Platform } from '../src/model';
import { BootstrapStack } from './bootstrap-stack';
import { ClusterStack } from './cluster-stack';
import { DataStack } from './data-stack';
import { FoundationStack } from './foundation-stack';
import { OperationsStack } from './operations-stack';
import type { PlatformStack } from './platform-stack';

/**
 * Adds the stacks of a platform to a cdktf app, in the order in which they are deployed.
 *
 * Every platform has all of them, also when one is empty: a stack that went away could not delete what it had made.
 */
export function addStacks(scope: Construct, platform: Platform): PlatformStack[] {
  const bootstrap = new BootstrapStack(scope, platform);
  const foundation = new FoundationStack(scope, platform);
  const data = new DataStack(scope, platform);
  const cluster = new ClusterStack(scope, platform);
  const operations = new OperationsStack(scope, platform);
  foundation.addDependency(bootstrap);
  data.addDependency(foundation);
  cluster.addDependency(foundation);
  operations.addDependency(foundation);
  return [bootstrap, foundation, data, cluster, operations];
}
