import { Cron } from 'croner';

const presets = new Set(['@hourly', '@daily', '@midnight', '@weekly', '@monthly', '@yearly', '@annually']);

/** What came of checking a text; a thousand pipelines share a few schedules, and each check costs a parse. */
const known = new Map<string, string | undefined>();

/** Why a text is no schedule that both Kubernetes and Airflow take, or undefined where it is one. */
export function cronProblem(value: string): string | undefined {
  if (!known.has(value)) known.set(value, check(value));
  return known.get(value);
}

function check(value: string): string | undefined {
  if (presets.has(value)) return undefined;
  if (value.startsWith('@')) return `one of ${[...presets].join(', ')}, or cron with five fields`;
  // Kubernetes and Airflow know neither seconds nor the extensions L, W and #.
  if (value.trim().split(/\s+/).length !== 5) return 'cron with five fields: minute hour day month weekday';
  if (/[LW#]/.test(value.replace(/[A-Z]{3}/gi, ''))) return 'cron without the extensions L, W and #';
  try {
    // Constructed without a function, it schedules nothing.
    new Cron(value, { mode: '5-part', legacyMode: true });
    return undefined;
  } catch (error) {
    return `cron with five fields (${(error as Error).message.replace(/^CronPattern: /, '').replace(/\.$/, '')})`;
  }
}
