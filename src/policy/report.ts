import type { ConfigPath } from '../config';
import type { OutputDocument } from '../output';
import { Context } from './context';
import { evaluate, type Finding } from './evaluate';
import type { Resource } from './types';

/** A finding that somebody accepts for a time, as the configuration declares it. */
export interface Waiver {
  readonly key: string;
  /** Id of the rule. */
  readonly rule: string;
  /** Addresses that it is about; `*` stands for any characters. */
  readonly address: string;
  readonly owner: string;
  readonly reason: string;
  /** Last day on which it counts, `YYYY-MM-DD`. */
  readonly until: string;
  readonly origin: ConfigPath;
}

/** A place in a file; without a line where only the file is known. */
export interface Place {
  readonly file: string;
  readonly line?: number;
}

/** The output of one platform, and what the policy has to know about it. */
export interface Judged {
  /** Name of the environment, or null. */
  readonly environment: string | null;
  readonly documents: readonly OutputDocument[];
  /** Whether people depend on it; undefined where nobody said. */
  readonly production: boolean | undefined;
  readonly waivers: readonly Waiver[];
  /** The line of the configuration that asks for a resource. */
  readonly placeOf: (resource: Resource) => Place;
  /** The line of a waiver. */
  readonly placeOfWaiver: (waiver: Waiver) => Place;
}

export interface LocatedFinding extends Finding {
  readonly environment: string | null;
  readonly place: Place;
  /** The waiver that accepts it; undefined where none does. */
  readonly waiver: Waiver | undefined;
}

export interface LocatedWaiver {
  readonly waiver: Waiver;
  readonly place: Place;
}

/** What the policy says of an output. */
export interface PolicyReport {
  /** How many resources and objects were judged. */
  readonly resources: number;
  /** All of them, those that are waived included. */
  readonly findings: readonly LocatedFinding[];
  /** Waivers that have ended. */
  readonly expired: readonly LocatedWaiver[];
  /** Waivers that no finding needs any more. */
  readonly unused: readonly LocatedWaiver[];
  /** Whether the gate fails: an error that nobody waived, or a waiver that has ended. */
  readonly failed: boolean;
}

/**
 * Judges outputs, each by itself.
 * @param today `YYYY-MM-DD`; decides which waivers have ended, and nothing else
 */
export function judge(outputs: readonly Judged[], today: string): PolicyReport {
  const used = new Set<string>();
  const declared = new Map<string, LocatedWaiver>();
  let resources = 0;
  const findings = outputs.flatMap((output) => {
    const context = new Context(output.documents, output.production);
    resources += context.resources.length;
    const { waivers, environment } = output;
    // Of several environments, one may hold the same waiver in a line of its own.
    const idOf = (waiver: Waiver) => {
      const { file, line } = output.placeOfWaiver(waiver);
      return `${file}:${line ?? ''}:${waiver.key}`;
    };
    for (const waiver of waivers) declared.set(idOf(waiver), { waiver, place: output.placeOfWaiver(waiver) });
    const patterns = waivers.map((waiver) => ({ waiver, pattern: patternOf(waiver.address) }));
    return evaluate(context).map((finding): LocatedFinding => {
      const matching = patterns.filter(
        ({ waiver, pattern }) => waiver.rule === finding.rule.id && pattern.test(finding.resource.address),
      );
      for (const { waiver } of matching) used.add(idOf(waiver));
      const valid = matching.find(({ waiver }) => waiver.until >= today)?.waiver;
      return { ...finding, environment, place: output.placeOf(finding.resource), waiver: valid };
    });
  });
  const all = [...declared];
  const expired = all.map(([, one]) => one).filter(({ waiver }) => waiver.until < today);
  const unused = all.filter(([id]) => !used.has(id)).map(([, one]) => one);
  const failed =
    expired.length > 0 ||
    findings.some(({ rule, waiver }) => rule.severity === 'error' && waiver === undefined);
  return { resources, findings, expired, unused, failed };
}

function patternOf(glob: string): RegExp {
  const parts = glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
