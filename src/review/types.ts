/** A plain value, as it stands in Terraform JSON or a manifest. */
export type Tree = Readonly<Record<string, unknown>>;

export type System = 'terraform' | 'kubernetes';

/** What becomes of a resource or an object. */
export type Action = 'create' | 'update' | 'replace' | 'delete' | 'move';

/** `possible` where the provider decides in code, or a value is only known after apply. */
export type Confidence = 'certain' | 'possible';

/** From nothing to worry about, to data or access that is lost. */
export type Severity = 'info' | 'notice' | 'warning' | 'danger';

/** One value that differs. */
export interface PathChange {
  /** `settings.tier`, `spec.containers[name=web].image`, `rules[2].ports`. */
  readonly path: string;
  /** Absent (undefined) where there was nothing. */
  readonly before: unknown;
  /** Absent (undefined) where there is nothing any more. */
  readonly after: unknown;
  /** Whether the values are withheld, because they are or may be secret. */
  readonly masked: boolean;
}

/** Where something comes from. */
export interface Source {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Path of the construct, where a map says it. */
  readonly construct: string;
}

/** What happens to one resource or object. */
export interface Change {
  readonly system: System;
  /** Name of the Terraform stack, `ENVIRONMENT/STACK` with several environments; null for a folder without a name. */
  readonly stack: string | null;
  /** `google_sql_database_instance.main`, `apps/v1/Deployment/gitlab/scheduler`. */
  readonly address: string;
  readonly previousAddress: string | null;
  readonly action: Action;
  readonly confidence: Confidence;
  /** Attributes that force a replacement: dotted paths without indexes. */
  readonly forcedBy: readonly string[];
  readonly paths: readonly PathChange[];
  readonly severity: Severity;
  /** One or two sentences for people. */
  readonly explanation: string | null;
  /** Whether it happens because the real thing differs from the state, not because of this change. */
  readonly drift: boolean;
  readonly source: Source | null;
}

/** Something about the input that a reader must know. */
export interface Diagnostic {
  /** An error means that a part was not reviewed. */
  readonly level: 'error' | 'warning';
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

/** Who may do what, before and after. */
export interface AccessChange {
  readonly principal: string;
  readonly resource: string;
  readonly verdict: 'broadened' | 'narrowed' | 'mixed' | 'unknown';
  readonly before: unknown;
  readonly after: unknown;
}

/** What a month costs at list prices: lowest and highest. */
export interface Cost {
  readonly monthly: {
    readonly before: readonly [number, number];
    readonly after: readonly [number, number];
  };
  readonly currency: 'USD';
  /** Addresses of what costs something that the table of prices does not know. */
  readonly unpriced: readonly string[];
}

/** A demand that was put to the change. */
export interface GateResult {
  readonly name: string;
  readonly result: 'pass' | 'fail' | 'waived';
  readonly because: string;
}

/** What a change does: the contract that programs depend on. */
export interface Review {
  readonly version: 1;
  readonly changes: readonly Change[];
  readonly access: readonly AccessChange[];
  readonly cost: Cost;
  readonly gates: readonly GateResult[];
  readonly diagnostics: readonly Diagnostic[];
  readonly summary: Readonly<Record<Action, number>>;
}

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
