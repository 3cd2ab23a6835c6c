import type { Problem } from '../config/problem';

/** Machines without a CPU of their own; no standby and no guarantee of service. */
export const sharedCore = ['db-f1-micro', 'db-g1-small'];

/** A tier that fits every instance of an edition, for messages. */
const smallest = { ENTERPRISE: 'db-custom-1-3840', ENTERPRISE_PLUS: 'db-perf-optimized-N-2' } as const;

/** CPUs of the machines of ENTERPRISE_PLUS. */
const plusCpus = [2, 4, 8, 16, 32, 48, 64, 80, 96, 128];

const stepMb = 256;
const leastMb = 3840;

/**
 * What Google has against a tier of PostgreSQL; undefined where nothing.
 * @see https://cloud.google.com/sql/docs/postgres/instance-settings#machine-type-2ndgen
 */
export function tierProblem(
  tier: string,
  edition: 'ENTERPRISE' | 'ENTERPRISE_PLUS',
): Pick<Problem, 'message' | 'allowed' | 'fix'> | undefined {
  if (edition === 'ENTERPRISE_PLUS') return plusProblem(tier);
  // Sizes of the newer machine series are Google's to judge: their limits are not published as a rule.
  if (sharedCore.includes(tier) || /^db-custom-[A-Z]\d+[A-Z]?-\d+-\d+$/.test(tier)) return undefined;
  const [, cpus, memory] = /^db-custom-(\d+)-(\d+)$/.exec(tier) ?? [];
  if (cpus === undefined || memory === undefined) return otherEdition('ENTERPRISE', 'db-custom-…');
  return customProblem(Number(cpus), Number(memory));
}

function plusProblem(tier: string) {
  const [, cpus] = /^db-perf-optimized-N-(\d+)$/.exec(tier) ?? [];
  if (/^db-c4a-highmem-\d+$/.test(tier)) return undefined;
  if (cpus === undefined) return otherEdition('ENTERPRISE_PLUS', 'db-perf-optimized-…');
  if (plusCpus.includes(Number(cpus))) return undefined;
  return {
    message: `Cloud SQL has no such machine with ${cpus} CPUs`,
    allowed: `db-perf-optimized-N- with ${plusCpus.join(', ')}`,
    fix: `write db-perf-optimized-N-${plusCpus.find((one) => one >= Number(cpus)) ?? 128}`,
  };
}

function otherEdition(edition: 'ENTERPRISE' | 'ENTERPRISE_PLUS', allowed: string) {
  return {
    message: `the edition ${edition} has no such tier`,
    allowed,
    fix: `write a tier of the edition, for example ${smallest[edition]}, or change the edition`,
  };
}

function customProblem(cpus: number, memoryMb: number) {
  if (cpus !== 1 && (cpus % 2 === 1 || cpus < 2 || cpus > 96)) {
    const near = Math.min(96, Math.max(2, cpus + (cpus % 2)));
    return {
      message: `Cloud SQL has no machine with ${cpus} CPUs`,
      allowed: '1 CPU, or an even number of them from 2 to 96',
      fix: `write db-custom-${near}-${fitMemory(near, memoryMb)}`,
    };
  }
  const fitting = fitMemory(cpus, memoryMb);
  if (fitting === memoryMb) return undefined;
  const { least, most } = memoryOf(cpus);
  return {
    message: `Cloud SQL has no machine with ${cpus} CPU${cpus === 1 ? '' : 's'} and ${memoryMb} MB of memory`,
    allowed: `${least} to ${most} MB, in steps of ${stepMb}`,
    fix: `write db-custom-${cpus}-${fitting}`,
  };
}

/** From 0.9 to 6.5 GB for each CPU. */
function memoryOf(cpus: number) {
  return {
    least: Math.max(leastMb, Math.ceil((0.9 * 1024 * cpus) / stepMb) * stepMb),
    most: Math.floor((6.5 * 1024 * cpus) / stepMb) * stepMb,
  };
}

/** The nearest memory that a machine can have, not less than asked where that is possible. */
function fitMemory(cpus: number, memoryMb: number): number {
  const { least, most } = memoryOf(cpus);
  return Math.min(most, Math.max(least, Math.ceil(memoryMb / stepMb) * stepMb));
}
