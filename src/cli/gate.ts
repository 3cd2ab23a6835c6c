import type { Platform } from '../model';
import { type Input, InputError, type Synthesized } from '../output';
import { judge, type Judged, type PolicyReport } from '../policy';

/** What synth asks before it writes anything. */
export function gate(
  input: Input,
  made: readonly {
    readonly platform: Platform;
    readonly stacks: Synthesized;
    readonly charts: Synthesized;
  }[],
  today: string | undefined,
): PolicyReport {
  return judge(
    made.map(({ platform, stacks, charts }) => judged(input, platform, stacks, charts)),
    dayOf(today),
  );
}

/** The only place that looks at the clock, and it decides about waivers alone. */
export function dayOf(today: string | undefined): string {
  if (today === undefined) return new Date().toISOString().slice(0, 10);
  const date = new Date(`${today}T00:00:00Z`);
  if (
    !/^\d{4}-\d\d-\d\d$/.test(today) ||
    Number.isNaN(date.getTime()) ||
    !date.toISOString().startsWith(today)
  ) {
    throw new InputError(`--today: found ${today}, allowed a date such as 2027-03-31.`);
  }
  return today;
}

/** What was synthesized for one platform, with the lines that ask for it. */
export function judged(input: Input, platform: Platform, stacks: Synthesized, charts: Synthesized): Judged {
  const entries = [...stacks.sources, ...charts.sources];
  const origins = new Map(entries.map(({ unit, address, origin }) => [`${unit} ${address}`, origin]));
  const lineOf = (path: Platform['network']['origin']) => ({
    file: input.file,
    line: input.loaded.locate(path, platform.environment).line,
  });
  return {
    environment: platform.environment,
    documents: [...stacks.documents, ...charts.documents],
    production: platform.production,
    waivers: platform.waivers,
    placeOf: ({ unit, address, file }) => {
      const origin = origins.get(`${unit} ${address}`);
      return origin === undefined ? { file } : lineOf(origin);
    },
    placeOfWaiver: ({ origin }) => lineOf(origin),
  };
}
