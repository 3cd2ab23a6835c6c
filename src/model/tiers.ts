import type { ConfigPath, Problem } from '../config/problem';

/** What the choice of a tier depends on. */
export interface TierChoice {
  readonly tier: string;
  readonly edition: 'ENTERPRISE' | 'ENTERPRISE_PLUS';
  readonly highAvailability: boolean;
}

/** Tiers whose instances share a CPU with others; Cloud SQL gives them no standby. */
const sharedCore = ['db-f1-micro', 'db-g1-small'];

/** CPUs of the predefined tiers of ENTERPRISE_PLUS. */
const optimizedCpus = [2, 4, 8, 16, 32, 48, 64, 80, 96, 128];
const optimized = optimizedCpus.map((cpus) => `db-perf-optimized-N-${cpus}`);

const mostCpus = 96;
const leastMb = 3840;
const stepMb = 256;
const [leastGbPerCpu, mostGbPerCpu] = [0.9, 6.5];

/**
 * What is wrong with the tier of an instance, with the nearest that Cloud SQL has.
 * @see https://cloud.google.com/sql/docs/postgres/create-instance#machine-types
 */
export function tierProblem(choice: TierChoice, path: ConfigPath, defaultTier: string): Problem | undefined {
  const { tier, edition, highAvailability } = choice;
  const dependsOn = [[...path.slice(0, -1), 'edition']];
  const found = tier === defaultTier ? `${tier}, the default` : tier;
  if (edition === 'ENTERPRISE_PLUS' ? optimized.includes(tier) : sharedCore.includes(tier)) {
    if (edition === 'ENTERPRISE_PLUS' || !highAvailability) return undefined;
    return {
      path,
      message: 'a tier with a shared CPU cannot have a standby',
      found,
      allowed: 'db-custom-CPUS-MEGABYTES, or highAvailability: false',
      fix: `write ${defaultTier}, or highAvailability: false`,
      dependsOn: [[...path.slice(0, -1), 'highAvailability'], ['production']],
    };
  }
  if (edition === 'ENTERPRISE_PLUS' || tier.startsWith('db-perf-optimized-')) {
    const [allowed, example, other] =
      edition === 'ENTERPRISE_PLUS'
        ? [
            `db-perf-optimized-N-CPUS with ${optimizedCpus.join(', ')} CPUs`,
            nearestOptimized(tier),
            'ENTERPRISE',
          ]
        : [customForm, defaultTier, 'ENTERPRISE_PLUS'];
    return {
      path,
      message: `the edition ${edition} has no such tier`,
      found,
      allowed,
      fix: `write a tier of the edition, for example ${example}, or edition: ${other}`,
      dependsOn,
    };
  }
  const near = nearestCustom(tier);
  if (near === tier) return undefined;
  return {
    path,
    message: 'Cloud SQL has no such tier',
    found,
    allowed: `${customForm}, or ${sharedCore.join(', ')} without a standby`,
    fix: near === undefined ? `for example ${defaultTier}` : `the nearest is ${near}`,
    dependsOn,
  };
}

const customForm = `db-custom-CPUS-MEGABYTES with 1 CPU or an even number up to ${mostCpus}, and for each of them ${leastGbPerCpu} to ${mostGbPerCpu} GB, at least ${leastMb} MB, a multiple of ${stepMb}`;

/** The tier of ENTERPRISE_PLUS with as many CPUs, or the next larger number that it has. */
function nearestOptimized(tier: string): string {
  const asked = Number(/-(\d+)(-\d+)?$/.exec(tier)?.[1] ?? 2);
  return `db-perf-optimized-N-${optimizedCpus.find((cpus) => cpus >= asked) ?? 128}`;
}

/** The custom tier that is most like the text; the text itself where it is one. */
function nearestCustom(tier: string): string | undefined {
  const [, cpuText, mbText] = /^db-custom-(\d+)-(\d+)$/.exec(tier) ?? [];
  if (cpuText === undefined || mbText === undefined) return undefined;
  const asked = Number(cpuText);
  const cpus = asked <= 1 ? 1 : Math.min(mostCpus, asked + (asked % 2));
  const least = Math.ceil(Math.max(leastMb, leastGbPerCpu * 1024 * cpus) / stepMb);
  const most = Math.floor((mostGbPerCpu * 1024 * cpus) / stepMb);
  const steps = Math.min(most, Math.max(least, Math.round(Number(mbText) / stepMb)));
  return `db-custom-${cpus}-${steps * stepMb}`;
}
