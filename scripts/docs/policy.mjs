// Renders docs/policy.md: what people need to know of the policy, and every rule of it.

const groups = {
  API: 'APIs',
  ARM: 'Cloud Armor',
  BUD: 'Budgets',
  CERT: 'Certificates',
  DNS: 'Cloud DNS',
  FW: 'Firewall',
  GAR: 'Artifact Registry',
  GCS: 'Cloud Storage',
  GKE: 'GKE',
  IAM: 'IAM',
  IAP: 'Identity-Aware Proxy',
  K8S: 'Kubernetes',
  KMS: 'Cloud KMS',
  LOG: 'Logging',
  MON: 'Monitoring',
  NET: 'Network',
  NODE: 'Nodes of GKE',
  NP: 'Network policies',
  NS: 'Namespaces',
  POD: 'Pods',
  PS: 'Pub/Sub',
  RBAC: 'RBAC',
  RUN: 'Jobs',
  SA: 'Kubernetes service accounts',
  SEC: 'Secret Manager',
  SQL: 'Cloud SQL',
  SVC: 'Services',
  TLS: 'TLS',
};

/** The page, with a table of rules for each product. */
export function renderPolicy(rules, marker, introduction) {
  const byGroup = new Map();
  for (const rule of [...rules].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const [, group] = rule.id.split('-');
    byGroup.set(group, [...(byGroup.get(group) ?? []), rule]);
  }
  const sections = [...byGroup]
    .map(([group, list]) => ({ title: groups[group] ?? group, list }))
    .sort((a, b) => a.title.localeCompare(b.title, 'en'))
    .map(
      ({ title, list }) =>
        `## ${title}\n\n| rule | severity | what it finds | why | what to do |\n| --- | --- | --- | --- | --- |\n` +
        list
          .map(
            ({ id, severity, title: what, why, fix, see }) =>
              `| [${id}](${see}) | ${severity} | ${cell(what)} | ${cell(why)} | ${cell(fix)} |`,
          )
          .join('\n'),
    );
  const count = `There are ${rules.length} rules.`;
  return `<!-- ${marker} -->\n\n${introduction.trim().replace('RULES', count)}\n\n${sections.join('\n\n')}\n`;
}

function cell(text) {
  return text.replaceAll('|', '\\|');
}
