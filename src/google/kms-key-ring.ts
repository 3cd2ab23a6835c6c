import { KmsKeyRing as KeyRing } from '@cdktf/provider-google/lib/kms-key-ring';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

export interface KmsKeyRingProps extends ProjectEntityProps {
  /** Name of the ring. Changing this makes another one: Google never deletes a ring, and its name stays taken. */
  readonly name: string;
  /** Region, multi-region or `global`: keys only encrypt what is where they are. */
  readonly location: string;
}

/**
 * A folder for keys in one location. Destroying it takes it out of the state and leaves it at Google.
 *
 * @see https://cloud.google.com/kms/docs/resource-hierarchy
 */
export class KmsKeyRing extends Construct {
  readonly ring: KeyRing;

  constructor(scope: Construct, id: string, props: KmsKeyRingProps) {
    super(scope, id);
    this.ring = setAddress(
      new KeyRing(this, 'ring', {
        project: props.project,
        name: props.name,
        location: props.location,
        ...dependencies(props),
      }),
      id,
    );
  }
}
