import { Construct } from 'constructs';
import { type AppLabels, renderLabels } from './labels';
import { Namespace } from './plus';

export interface RestrictedNamespaceProps {
  /** Name of the namespace. Changing this recreates it and all that is in it. */
  readonly name: string;
  readonly labels: AppLabels;
  /** Labels beside those of Pod Security. @default - none */
  readonly extraLabels?: Readonly<Record<string, string>>;
}

/**
 * A namespace that admits only pods of the Pod Security level `restricted`.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export class RestrictedNamespace extends Construct {
  constructor(scope: Construct, id: string, props: RestrictedNamespaceProps) {
    super(scope, id);
    const levels: Record<string, string> = {};
    for (const mode of ['enforce', 'audit', 'warn']) {
      levels[`pod-security.kubernetes.io/${mode}`] = 'restricted';
      levels[`pod-security.kubernetes.io/${mode}-version`] = 'latest';
    }
    new Namespace(this, 'Resource', {
      metadata: {
        name: props.name,
        // Ours come last: no extra label weakens the level.
        labels: { ...props.extraLabels, ...renderLabels(props.labels), ...levels },
      },
    });
  }
}
