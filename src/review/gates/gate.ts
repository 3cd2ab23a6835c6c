import type { GateResult, Review } from '../types';

/** Something that a gate objects to. */
export interface Objection {
  /** What a waiver names it by. */
  readonly address: string;
  readonly text: string;
}

/** A demand on a change. */
export interface Gate {
  readonly name: string;
  /** What stands against the change; nothing where it may pass. */
  readonly objections: (review: Review) => readonly Objection[];
  /** What is said where nothing does. */
  readonly fine: (review: Review) => string;
}

/** What somebody accepts for a time although a gate objects. */
export interface GateWaiver {
  readonly key: string;
  /** Name of the gate. */
  readonly gate: string;
  /** Address of the resource or object, or what a row of access names; `*` stands for any characters. */
  readonly address: string;
  readonly owner: string;
  readonly reason: string;
  /** Last day on which it counts, `YYYY-MM-DD`. */
  readonly until: string;
}

/** More objections than these are told by their number. */
const toldObjections = 5;

/**
 * Puts a demand to a change.
 * @param today `YYYY-MM-DD`; decides which waivers have ended, and nothing else
 */
export function judgeGate(
  gate: Gate,
  review: Review,
  waivers: readonly GateWaiver[],
  today: string,
): GateResult {
  const objections = gate.objections(review);
  if (objections.length === 0) return { name: gate.name, result: 'pass', because: gate.fine(review) };
  const own = waivers.filter((waiver) => waiver.gate === gate.name);
  const judged = objections.map((objection) => {
    const matching = own.filter(({ address }) => patternOf(address).test(objection.address));
    return {
      objection,
      waiver: matching.find(({ until }) => until >= today),
      ended: matching.find(({ until }) => until < today),
    };
  });
  const open = judged.filter(({ waiver }) => waiver === undefined);
  if (open.length === 0) {
    const used = [...new Set(judged.flatMap(({ waiver }) => waiver ?? []))];
    return {
      name: gate.name,
      result: 'waived',
      because: used
        .map(({ key, owner, reason, until }) => `${key}: ${owner} accepts it until ${until}: ${reason}`)
        .join('; '),
    };
  }
  const told = open
    .slice(0, toldObjections)
    .map(({ objection, ended }) =>
      ended === undefined
        ? objection.text
        : `${objection.text} (the waiver ${ended.key} of ${ended.owner} ended on ${ended.until})`,
    );
  const more = open.length - told.length;
  return {
    name: gate.name,
    result: 'fail',
    because: told.join('; ') + (more > 0 ? `; and ${String(more)} more` : ''),
  };
}

function patternOf(glob: string): RegExp {
  const parts = glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
