import type { Tree } from '../types';
import type { FieldDifference } from './compare';
import { quantityOf } from './quantity';

/** Says whether the API server refuses a difference. */
type Refuses = (
  difference: FieldDifference,
  before: Tree,
  after: Tree,
  /** The storage class of a name, where the head has it. */
  classOf: (name: string) => Tree | undefined,
) => boolean;

interface Immutable {
  /** Dotted fields that cannot change, with everything below them. */
  readonly fields?: readonly string[];
  /** Fields below those that can change all the same. */
  readonly except?: readonly string[];
  readonly refuses?: Refuses;
  /** Differences of those fields that are accepted all the same. */
  readonly allows?: Refuses;
}

const contents: Refuses = ({ field }, before) =>
  before.immutable === true && /^(data|binaryData|stringData|immutable)(\.|$)/.test(field);

/** Storage grows where the class allows it, and never shrinks. A class that is not seen is taken to allow it. */
const cannotResize: Refuses = ({ field, before, after }, _, claim, classOf) => {
  if (field !== 'spec.resources.requests.storage') return false;
  if ((quantityOf(after) ?? 0) < (quantityOf(before) ?? 0)) return true;
  const name = (claim.spec as Tree | undefined)?.storageClassName;
  const found = typeof name === 'string' ? classOf(name) : undefined;
  return found !== undefined && found.allowVolumeExpansion !== true;
};

/** An address that was given is kept, unless the type no longer has one; a manifest without one asks for nothing. */
const clusterAddress: Refuses = ({ field }, before, after) =>
  /^spec\.clusterIPs?$/.test(field) &&
  typeOf(before) !== 'ExternalName' &&
  typeOf(after) !== 'ExternalName' &&
  addressOf(after) !== '';

const podFields: Refuses = (difference) => {
  const { field } = difference;
  if (!field.startsWith('spec.')) return false;
  if (/^spec\.(initContainers|containers)\.image$/.test(field)) return false;
  if (/^spec\.(activeDeadlineSeconds|schedulingGates)$/.test(field)) return false;
  return field !== 'spec.tolerations' || dropsToleration(difference);
};

/** A Job that waits may be placed elsewhere; an indexed one may grow and shrink with its pods. */
const jobAllows: Refuses = ({ field }, before, after) => {
  const [old, now] = [before.spec as Tree | undefined, after.spec as Tree | undefined];
  if (field === 'spec.completions')
    return now?.completionMode === 'Indexed' && now.completions === now.parallelism;
  const movable =
    /^spec\.template\.(metadata\.(labels|annotations)|spec\.(nodeSelector|affinity|tolerations|schedulingGates))(\.|$)/;
  return old?.suspend === true && movable.test(field);
};

function dropsToleration({ before, after }: FieldDifference): boolean {
  const now = (Array.isArray(after) ? after : []).map((one) => JSON.stringify(one));
  return (Array.isArray(before) ? before : []).some((one) => !now.includes(JSON.stringify(one)));
}

function typeOf(service: Tree): unknown {
  return (service.spec as Tree | undefined)?.type;
}

function addressOf(service: Tree): string {
  const address = (service.spec as Tree | undefined)?.clusterIP;
  return typeof address === 'string' ? address : '';
}

/**
 * What the API server refuses to change, by group and kind.
 * @see https://github.com/kubernetes/kubernetes/tree/v1.33.1/pkg/apis the functions Validate…Update of each group
 */
const immutable: Readonly<Record<string, Immutable>> = {
  '/ConfigMap': { refuses: contents },
  '/Secret': { fields: ['type'], refuses: contents },
  '/PersistentVolumeClaim': {
    fields: ['spec'],
    except: ['spec.resources.requests', 'spec.volumeAttributesClassName'],
    // The class that a claim got by default may be written down.
    allows: ({ field, before }) => field === 'spec.storageClassName' && before === undefined,
    refuses: cannotResize,
  },
  '/PersistentVolume': {
    fields: ['spec'],
    except: [
      'spec.accessModes',
      'spec.capacity',
      'spec.claimRef',
      'spec.mountOptions',
      'spec.persistentVolumeReclaimPolicy',
      'spec.storageClassName',
      'spec.volumeAttributesClassName',
    ],
  },
  '/Pod': { refuses: podFields },
  '/Service': { fields: ['spec.loadBalancerClass'], refuses: clusterAddress },
  '/ResourceQuota': { fields: ['spec.scopes'] },
  'apps/DaemonSet': { fields: ['spec.selector'] },
  'apps/Deployment': { fields: ['spec.selector'] },
  'apps/ReplicaSet': { fields: ['spec.selector'] },
  'apps/StatefulSet': {
    fields: ['spec'],
    except: [
      'spec.minReadySeconds',
      'spec.ordinals',
      'spec.persistentVolumeClaimRetentionPolicy',
      'spec.replicas',
      'spec.revisionHistoryLimit',
      'spec.template',
      'spec.updateStrategy',
    ],
  },
  'apps/ControllerRevision': { fields: ['data'] },
  'batch/Job': {
    fields: [
      'spec.backoffLimitPerIndex',
      'spec.completionMode',
      'spec.completions',
      'spec.managedBy',
      'spec.manualSelector',
      'spec.podFailurePolicy',
      'spec.podReplacementPolicy',
      'spec.selector',
      'spec.successPolicy',
      'spec.template',
    ],
    allows: jobAllows,
  },
  'rbac.authorization.k8s.io/ClusterRoleBinding': { fields: ['roleRef'] },
  'rbac.authorization.k8s.io/RoleBinding': { fields: ['roleRef'] },
  'scheduling.k8s.io/PriorityClass': { fields: ['value', 'preemptionPolicy'] },
  'storage.k8s.io/StorageClass': {
    fields: ['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'],
  },
  'storage.k8s.io/VolumeAttributesClass': { fields: ['driverName', 'parameters'] },
  'storage.k8s.io/CSIDriver': {
    fields: ['spec.attachRequired', 'spec.fsGroupPolicy', 'spec.volumeLifecycleModes'],
  },
  'networking.k8s.io/IngressClass': { fields: ['spec.controller'] },
  'node.k8s.io/RuntimeClass': { fields: ['handler'] },
  'discovery.k8s.io/EndpointSlice': { fields: ['addressType'] },
  'coordination.k8s.io/Lease': {},
  'apiextensions.k8s.io/CustomResourceDefinition': {
    fields: ['spec.group', 'spec.scope', 'spec.names.kind', 'spec.names.plural'],
  },
  'gateway.networking.k8s.io/GatewayClass': { fields: ['spec.controllerName'] },
  'snapshot.storage.k8s.io/VolumeSnapshot': { fields: ['spec.source'] },
};

/** Whether the API server compares a field as it stands, the order of lists included. */
export function isImmutable(group: string, kind: string, field: string): boolean {
  if (group === '' && kind === 'Pod') return field.startsWith('spec.');
  const rule = immutable[`${group}/${kind}`];
  return below(field, rule?.except) === undefined && below(field, rule?.fields) !== undefined;
}

function below(field: string, all: readonly string[] = []): string | undefined {
  return all.find((one) => field === one || field.startsWith(`${one}.`));
}

/** The fields, without indexes, that the API server refuses to change: the object has to be made anew. */
export function refusedFields(
  group: string,
  kind: string,
  differences: readonly FieldDifference[],
  before: Tree,
  after: Tree,
  classOf: (name: string) => Tree | undefined = () => undefined,
): readonly string[] {
  const rule = immutable[`${group}/${kind}`];
  if (rule === undefined) return [];
  const forced = differences.flatMap((difference) => {
    const { field } = difference;
    const found = below(field, rule.except) === undefined ? below(field, rule.fields) : undefined;
    if (found !== undefined && rule.allows?.(difference, before, after, classOf) !== true)
      return [found === 'spec' ? shortened(field) : found];
    return rule.refuses?.(difference, before, after, classOf) === true ? [shortened(field)] : [];
  });
  return [...new Set(forced)];
}

/** `spec.volumeClaimTemplates.spec.resources` is told as the field that cannot change. */
function shortened(field: string): string {
  const parts = field.split('.');
  if (parts[0] !== 'spec') return parts[0] ?? field;
  return field.startsWith('spec.resources') ? field : parts.slice(0, 2).join('.');
}
