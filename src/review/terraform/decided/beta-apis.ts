import { at, type DecidedInCode } from './decision';

/** Beta APIs of Kubernetes go on, and never off again. */
export const betaApis: DecidedInCode = {
  types: ['google_container_cluster'],
  decide: (before, after) => {
    const path = 'enable_k8s_beta_apis.enabled_apis';
    const [from, to] = [at(before, path), at(after, path)];
    if (!Array.isArray(from) || !Array.isArray(to)) return undefined;
    return from.every((api) => to.includes(api))
      ? undefined
      : { forces: [path], because: 'a beta API of Kubernetes cannot be switched off' };
  },
};
