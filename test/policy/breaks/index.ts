import type { Break } from '../break';
import { accessBreaks } from './access';
import { clusterObjectBreaks } from './cluster-objects';
import { clusterBreaks } from './clusters';
import { databaseBreaks } from './databases';
import { edgeBreaks } from './edge';
import { ingressBreaks } from './ingress';
import { messagingBreaks } from './messaging';
import { networkBreaks } from './network';
import { nodeBreaks } from './nodes';
import { operationsBreaks } from './operations';
import { podContentBreaks } from './pod-contents';
import { podSecurityBreaks } from './pod-security';
import { secretBreaks } from './secrets';
import { storageBreaks } from './storage';

/** How each rule is broken. */
export const breaks: readonly Break[] = [
  ...accessBreaks,
  ...clusterBreaks,
  ...clusterObjectBreaks,
  ...databaseBreaks,
  ...edgeBreaks,
  ...ingressBreaks,
  ...messagingBreaks,
  ...networkBreaks,
  ...nodeBreaks,
  ...operationsBreaks,
  ...podContentBreaks,
  ...podSecurityBreaks,
  ...secretBreaks,
  ...storageBreaks,
];
