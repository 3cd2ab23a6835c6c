import type { Rule } from './types';
import { alertLabels } from './rules/alert-labels';
import { ingressEncrypted } from './rules/ingress-encrypted';
import { jobDeadline } from './rules/job-deadline';
import { jobOverlap } from './rules/job-overlap';
import { jobRestart } from './rules/job-restart';
import { namespaceDefaultDeny } from './rules/namespace-default-deny';
import { namespaceLevel } from './rules/namespace-level';
import { namespaceLimits } from './rules/namespace-limits';
import { namespaceNamed } from './rules/namespace-named';
import { namespaceQuota } from './rules/namespace-quota';
import { podCapabilities } from './rules/pod-capabilities';
import { podGroups } from './rules/pod-groups';
import { podHost } from './rules/pod-host';
import { podImageDigest } from './rules/pod-image-digest';
import { podImagePull } from './rules/pod-image-pull';
import { podImageTag } from './rules/pod-image-tag';
import { podMounts } from './rules/pod-mounts';
import { podPrivileges } from './rules/pod-privileges';
import { podProbes } from './rules/pod-probes';
import { podReadOnly } from './rules/pod-read-only';
import { podResources } from './rules/pod-resources';
import { podRoot } from './rules/pod-root';
import { podScratch } from './rules/pod-scratch';
import { podSecretLiterals } from './rules/pod-secret-literals';
import { podSecretVariables } from './rules/pod-secret-variables';
import { podServiceAccount } from './rules/pod-service-account';
import { podServiceLinks } from './rules/pod-service-links';
import { podSidecars } from './rules/pod-sidecars';
import { podSystemCalls } from './rules/pod-system-calls';
import { podToken } from './rules/pod-token';
import { podTokenLife } from './rules/pod-token-life';
import { podUserId } from './rules/pod-user-id';
import { podVolumes } from './rules/pod-volumes';
import { podWrittenDown } from './rules/pod-written-down';
import { policyChosenPods } from './rules/policy-chosen-pods';
import { policyDirections } from './rules/policy-directions';
import { policyEgress } from './rules/policy-egress';
import { policyIngress } from './rules/policy-ingress';
import { policyMetadata } from './rules/policy-metadata';
import { policyPorts } from './rules/policy-ports';
import { policyProxy } from './rules/policy-proxy';
import { rbacBindings } from './rules/rbac-bindings';
import { rbacWildcards } from './rules/rbac-wildcards';
import { runnerJobs } from './rules/runner-jobs';
import { scrapeTarget } from './rules/scrape-target';
import { secretObjects } from './rules/secret-objects';
import { serviceAccountBinding } from './rules/service-account-binding';
import { serviceAccountToken } from './rules/service-account-token';
import { serviceExposed } from './rules/service-exposed';
import { webNames } from './rules/web-names';
import { webReached } from './rules/web-reached';
import { webRedirect } from './rules/web-redirect';
import { webTls } from './rules/web-tls';

/** Rules on what runs in a cluster, by their ids. */
export const kubernetesRules: readonly Rule[] = [
  secretObjects,
  ingressEncrypted,
  policyIngress,
  policyEgress,
  policyMetadata,
  policyPorts,
  policyDirections,
  policyChosenPods,
  policyProxy,
  namespaceLevel,
  namespaceDefaultDeny,
  namespaceNamed,
  namespaceQuota,
  namespaceLimits,
  podPrivileges,
  podRoot,
  podUserId,
  podReadOnly,
  podCapabilities,
  podSystemCalls,
  podHost,
  podVolumes,
  podScratch,
  podToken,
  podResources,
  podProbes,
  podImageTag,
  podImageDigest,
  podImagePull,
  podServiceLinks,
  podServiceAccount,
  podSecretLiterals,
  podSecretVariables,
  podWrittenDown,
  podMounts,
  podGroups,
  podSidecars,
  podTokenLife,
  rbacWildcards,
  rbacBindings,
  jobOverlap,
  jobDeadline,
  jobRestart,
  runnerJobs,
  scrapeTarget,
  alertLabels,
  serviceAccountToken,
  serviceAccountBinding,
  serviceExposed,
  webReached,
  webRedirect,
  webTls,
  webNames,
];
