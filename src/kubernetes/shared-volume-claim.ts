import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

export interface SharedVolumeClaimProps extends ObjectProps {
  /** A class whose volumes many nodes mount at once. Changing this recreates the volume, without its files. */
  readonly storageClass: string;
  /** In GiB. It can grow where the class allows it, never shrink. */
  readonly sizeGi: number;
}

/**
 * A volume that pods on several nodes write at once.
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/persistent-volumes/filestore-csi-driver
 */
export class SharedVolumeClaim extends Construct {
  constructor(scope: Construct, id: string, props: SharedVolumeClaimProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: renderMetadata(props),
      spec: {
        accessModes: ['ReadWriteMany'],
        storageClassName: props.storageClass,
        volumeMode: 'Filesystem',
        resources: { requests: { storage: quantityOf(props.sizeGi) } },
      },
    });
  }
}

/** As Kubernetes writes it, so that applying it again changes nothing. */
function quantityOf(sizeGi: number): string {
  return sizeGi % 1024 === 0 ? `${sizeGi / 1024}Ti` : `${sizeGi}Gi`;
}
