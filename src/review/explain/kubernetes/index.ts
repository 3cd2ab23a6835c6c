import type { ObjectAdvice } from './advice';
import { cronJob } from './cron-job';
import { definition } from './definition';
import { disruptionBudget } from './disruption-budget';
import { entrance } from './entrance';
import { job } from './job';
import { namespace } from './namespace';
import { networkPolicy } from './network-policy';
import { pod } from './pod';
import { priorityClass } from './priority-class';
import { roleBinding } from './role-binding';
import { serviceAccount } from './service-account';
import { service } from './service';
import { settings } from './settings';
import { statefulSet } from './stateful-set';
import { storageClass } from './storage-class';
import { volumeClaim } from './volume-claim';
import { volume } from './volume';
import { workload } from './workload';

const all: readonly ObjectAdvice[] = [
  cronJob,
  definition,
  disruptionBudget,
  entrance,
  job,
  namespace,
  networkPolicy,
  pod,
  priorityClass,
  roleBinding,
  serviceAccount,
  service,
  settings,
  statefulSet,
  storageClass,
  volumeClaim,
  volume,
  workload,
];

/** What is known of the loss of a kind; undefined where nothing special is. */
export function adviceForKind(kind: string): ObjectAdvice | undefined {
  return all.find(({ kinds }) => kinds.includes(kind));
}
