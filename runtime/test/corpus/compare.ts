import type { Case } from './case';
import type { CaseRecord, Started, StepRecord } from './world';

/** A record as it is compared: what is parallel in a pipeline has no order, and `skip` leaves things out. */
export function comparable(one: Case, record: CaseRecord): unknown {
  const skip = new Set(one.skip);
  const parts = {
    steps: record.steps.map((step, index) => ({
      exit: one.exits?.[index] === undefined ? step.exit : 'as the case says',
      ...comparableStep(step, skip),
    })),
    states: record.states,
    runs: record.runs,
    kept: record.kept,
  };
  return Object.fromEntries(Object.entries(parts).filter(([name]) => !skip.has(name)));
}

function comparableStep(step: StepRecord, skip: ReadonlySet<string>): object {
  if (skip.has('started')) return {};
  const order = step.started
    .filter(({ env }) => env.MELTANO_LOADER_NAME === undefined && env.MELTANO_MAPPER_NAME === undefined)
    .map(({ name, args }) => `${name}${args.includes('--discover') ? ' --discover' : ''}`);
  const key = ({ name, args, config }: Started): string => `${name} ${args.join(' ')} ${config ?? ''}`;
  const started = [...step.started]
    .sort((a, b) => (key(a) < key(b) ? -1 : 1))
    .map((process) =>
      Object.fromEntries(
        Object.entries(process)
          .filter(([name]) => !skip.has(name))
          .map(([name, value]) => [
            name,
            name === 'env' ? withoutSkipped(value as Started['env'], skip) : (value as unknown),
          ]),
      ),
    );
  return { order, started };
}

function withoutSkipped(env: Started['env'], skip: ReadonlySet<string>): Started['env'] {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !skip.has(name) && name !== 'TAPLINE_RESULT_FILE'),
  );
}
