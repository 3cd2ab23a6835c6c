import type { RuleId } from '../config/policy-rules';
import type { Context } from './context';

/** A plain value, as it stands in Terraform JSON or a manifest. */
export type Tree = Readonly<Record<string, unknown>>;

interface ResourceBase {
  /** `google_storage_bucket.logs`, `apps/v1/Deployment/gitlab/gitlab-production`. */
  readonly address: string;
  /** Folder of the unit it is in: `stacks/foundation`, or the key of a cluster. */
  readonly unit: string;
  /** The file it stands in, relative to the output folder. */
  readonly file: string;
  readonly body: Tree;
}

/** A resource of a Terraform stack. */
export interface TerraformResource extends ResourceBase {
  readonly kind: 'terraform';
  /** `google_storage_bucket`; `ephemeral.random_password` for what is no resource. */
  readonly type: string;
  readonly name: string;
}

/** An object of Kubernetes. */
export interface KubernetesObject extends ResourceBase {
  readonly kind: 'kubernetes';
  /** Kind of the object: `Deployment`. */
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  /** Empty where it has none. */
  readonly namespace: string;
}

export type Resource = TerraformResource | KubernetesObject;

/** One thing that a rule does not accept. */
export interface Violation {
  /** Path of the attribute or field, for example `settings.ip_configuration.ipv4_enabled`. */
  readonly path: string;
  /** What stands there; never a value that may be a secret. */
  readonly found: string;
  /** What may stand there. */
  readonly wanted: string;
}

/** What a rule says of one resource. */
export type Verdict =
  | { readonly outcome: 'compliant' }
  | { readonly outcome: 'non-compliant'; readonly violations: readonly Violation[] }
  | { readonly outcome: 'not-applicable' };

/** An error fails the gate; a warning and an info are told. */
export type Severity = 'error' | 'warning' | 'info';

/** What people read of a rule. */
export interface RuleText {
  readonly id: RuleId;
  /** What is wrong where it is broken, in a few words. */
  readonly title: string;
  readonly severity: Severity;
  /** What can happen. One sentence. */
  readonly why: string;
  /** What to do. One sentence. */
  readonly fix: string;
  /** Where more is written about it. */
  readonly see: string;
}

/** One thing that the output must fulfil. */
export interface Rule extends RuleText {
  /** Types and kinds that it may apply to, so that it need not be asked about others. @default - any */
  readonly types?: readonly string[];
  /** Judges one resource; the context holds all the others. */
  readonly checks: (resource: Resource, context: Context) => Verdict;
}

export const notApplicable: Verdict = { outcome: 'not-applicable' };

/** Compliant where nothing was found. */
export function verdictOf(violations: readonly Violation[]): Verdict {
  return violations.length === 0 ? { outcome: 'compliant' } : { outcome: 'non-compliant', violations };
}
