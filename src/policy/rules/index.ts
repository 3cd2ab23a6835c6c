import { clusterRules } from '../cluster-rules';
import { googleRules } from '../google-rules';
import { kubernetesRules } from '../kubernetes-rules';
import type { Rule } from '../types';

/** Every rule, by its id. */
export const rules: readonly Rule[] = [...clusterRules, ...googleRules, ...kubernetesRules].sort((a, b) =>
  a.id < b.id ? -1 : 1,
);
