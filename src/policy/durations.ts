import type { Expectation } from './attributes';
import { textOf } from './tree';

/** Seconds of a duration as Google writes it, `86400s`; nothing for anything else. */
export function secondsOf(value: unknown): number | undefined {
  const seconds = /^(\d+)(\.\d+)?s$/.exec(textOf(value))?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

export function lastingAtLeast(seconds: number): Expectation {
  return {
    wanted: `at least ${seconds}s`,
    accepts: (value) => (secondsOf(value) ?? -1) >= seconds,
  };
}

export function lastingAtMost(seconds: number): Expectation {
  return {
    wanted: `at most ${seconds}s`,
    accepts: (value) => (secondsOf(value) ?? Infinity) <= seconds,
  };
}
