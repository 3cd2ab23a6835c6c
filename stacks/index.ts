/** The Terraform of a platform. */
export { BootstrapStack } from './bootstrap-stack';
export { ClusterStack } from './cluster-stack';
export { DataStack } from './data-stack';
export { FoundationStack } from './foundation-stack';
export { OperationsStack } from './operations-stack';
export { PlatformStack } from './platform-stack';
export { addStacks } from './platform-stacks';
export { synthStacks } from './synth';
