import type { AccessRule } from './rule';

/** Pods that get nearer to their node, or a namespace that admits such pods. */
export const lowerIsolation: AccessRule = {
  applies: (_, gained) =>
    /pod-security|\bprivileged\b|\bhost(Network|PID|IPC|Path|Port)\b|allowPrivilegeEscalation|SYS_ADMIN/i.test(
      gained,
    ),
  sentence:
    'Who takes over such a pod has a way to its node, and with it to every other pod there. To avoid it, keep the level restricted, and give what needs more a namespace of its own.',
};
