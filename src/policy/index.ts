/** Judges what was synthesized, or any other Terraform JSON and manifests, by one rule per file. */
export { Context } from './context';
export { evaluate, type Finding } from './evaluate';
export { reportAsJson } from './json';
export { type AddressEnd, type End, type PodEnd, type PortOf, Reachability } from './reachability';
export {
  judge,
  type Judged,
  type LocatedFinding,
  type Place,
  type PolicyReport,
  type Waiver,
} from './report';
export { rules } from './rules';
export { renderSarif } from './sarif';
export { renderText, summary } from './text';
export type { Resource, Rule, RuleText, Severity, Verdict, Violation } from './types';
