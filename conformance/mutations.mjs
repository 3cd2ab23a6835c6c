// Proves that the policy notices when the output gets weaker: takes what the examples synthesize, weakens one argument at
// a time, and counts how often the policy says more than before (an error or a warning that was not there).
//
// What is weakened is found in the output and not in a list kept with the rules:
// - Terraform: every attribute of the types below, at any depth, but for what names, places, sizes, labels or times
//   something (`skipped`), and what Terraform itself reads (depends_on, lifecycle, timeouts);
// - Kubernetes: every field of a pod but for names, sizes, programs, schedules and probes' numbers; every field of a
//   NetworkPolicy but for labels; the Pod Security labels of a namespace; the token of a service account.
// Each is deleted (lists of scalars and scalars), and then weakened by its kind: a boolean is flipped; a text in capitals
// becomes the first other value that the provider's documentation names for it (else one that does not exist); a number
// becomes 0; a list becomes empty; a range becomes 0.0.0.0/0; a role becomes roles/owner and a member allUsers.
// The same mutation of the same argument counts once, however many resources and examples have it, and is caught only if
// it is in every example. What is not caught is listed. At least 95 of 100 must be caught.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { check, examples, main, root } from './support.mjs';

const types =
  /^google_(container_(cluster|node_pool)|sql_(database_instance|user)|storage_bucket|artifact_registry_repository|compute_(network|subnetwork|firewall|router_nat)|kms_crypto_key|project_service|secret_manager_secret|iam_workload_identity_pool_provider|.*_iam_member)$/;
const meta = /^(\/\/|depends_on|lifecycle|timeouts|provider|count|for_each)$/;
const skipped =
  /(^|_)(name|names|id|ids|project|location|locations|region|zone|zones|network|subnetwork|cluster|router|repository|key_ring|subscription|uri|instance|bucket|topic|description|service|secret|key|labels|size|gb|count|tier|type|username|condition|email|account|title|cidr_range|namespace|parent)$|^(member_of|expression|machine_type|disk_type|database_version|zone|spot|taint|cost_center|min_.*|max_pods.*|total_.*|query_.*|recurrence|start_time|end_time|hour|day|aggregation_interval|rotation|charset)$/;
/** Of the skipped ones, those that decide about access all the same. */
const kept = /^(service_account|image_type|network_policy|private_network|workload_pool)$/;

const pods = ['Deployment', 'StatefulSet', 'Job', 'CronJob', 'DaemonSet', 'Pod'];
const skippedInPods =
  /^(name|image|args|command|env|envFrom|mountPath|subPath|labels|annotations|metadata|affinity|nodeSelector|tolerations|topologySpreadConstraints|terminationGracePeriodSeconds|sizeLimit|ports|lifecycle|volumeAttributes|driver|items|medium|workingDir|priorityClassName|schedulerName|hostname|subdomain|fsGroup|runAsGroup|defaultMode|livenessProbe|readinessProbe|startupProbe|terminationMessagePolicy|terminationMessagePath|shareProcessNamespace|preemptionPolicy|optional|path|secretName|configMap)$/;

await main('mutations', async () => {
  const { synthesize, evaluate } = await loadSource();
  const documented = documentedValues();
  const all = [];
  for (const example of examples()) {
    const file = join(root, 'examples', example, 'platform.yaml');
    for (const { environment, production, documents } of synthesize(file)) {
      const plain = structuredClone(documents.map(({ value }) => value));
      const judge = () =>
        evaluate(
          documents.map((document, i) => ({ ...document, value: plain[i] })),
          production,
        )
          .filter(({ rule }) => rule.severity !== 'info')
          .map(({ rule, resource, path, found }) => `${rule.id} ${resource.address} ${path} ${found}`);
      const before = new Set(judge());
      const seen = new Set();
      for (const argument of plain.flatMap((document) => argumentsOf(document))) {
        const { what, holder, key } = argument;
        const value = holder[key];
        for (const [how, mutate] of mutationsOf(argument, documented)) {
          const id = `${what}: ${how}`;
          if (seen.has(id)) continue;
          seen.add(id);
          mutate();
          const caught = judge().some((line) => !before.has(line));
          // The order of keys means nothing to the policy.
          holder[key] = value;
          all.push({ where: environment === null ? example : `${example} ${environment}`, id, what, caught });
        }
      }
    }
  }
  // A mutation that one example catches and another does not is not caught.
  const missed = new Map();
  for (const { id, where } of all.filter(({ caught }) => !caught)) {
    missed.set(id, [...(missed.get(id) ?? []), where]);
  }
  const mutations = new Set(all.map(({ id }) => id)).size;
  for (const [id, where] of [...missed].sort()) console.log(`  not caught: ${id} (${where.join(', ')})`);
  const rate = 1 - missed.size / mutations;
  const argumentsSeen = new Set(all.map(({ what }) => what));
  check(
    `${mutations} mutations of ${argumentsSeen.size} arguments: ${(rate * 100).toFixed(1)} % are caught, 95 % must be`,
    mutations > 500 && rate >= 0.95,
  );
});

/** The source, bundled: the check judges what is here and not what was built before. */
async function loadSource() {
  const { build } = await import('esbuild');
  // Below the project: the source finds the DAG factory from where it lies.
  const outfile = join(root, '.cache/mutations-source.cjs');
  await build({
    stdin: {
      resolveDir: root,
      contents: `
        export { readInput } from './src/output';
        export { renderStacks } from './stacks/render';
        export { renderCharts } from './charts/render';
        export { Context, evaluate } from './src/policy';`,
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'error',
  });
  const source = createRequire(import.meta.url)(outfile);
  return {
    synthesize: (file) => {
      const input = source.readInput(file);
      return input.platforms.map((platform) => ({
        environment: platform.environment,
        production: platform.production,
        documents: [source.renderStacks(input, platform), source.renderCharts(input, platform)].flatMap(
          ({ documents }) => documents,
        ),
      }));
    },
    evaluate: (documents, production) => source.evaluate(new source.Context(documents, production)),
  };
}

/** Every place of a document that is to be weakened. */
function argumentsOf(document) {
  if (document.kind !== undefined) return ofObject(document);
  return Object.entries(document.resource ?? {})
    .filter(([type]) => types.test(type))
    .flatMap(([type, named]) =>
      Object.values(named).flatMap((body) =>
        leaves(body, type, (name) => meta.test(name) || (skipped.test(name) && !kept.test(name))),
      ),
    );
}

function ofObject(object) {
  if (object.kind === 'NetworkPolicy') {
    const skip = (name) =>
      /^(matchLabels|matchExpressions|podSelector|namespaceSelector|port|protocol)$/.test(name);
    // A policy without any rule of a direction denies it, which is no weaker.
    const spec = leaves(object.spec, 'NetworkPolicy spec', skip);
    return spec;
  }
  if (object.kind === 'Namespace') {
    return leaves(object.metadata.labels, 'Namespace labels', (name) => !name.startsWith('pod-security'));
  }
  if (object.kind === 'ServiceAccount') {
    return leaves(object, 'ServiceAccount', (name) => name !== 'automountServiceAccountToken');
  }
  if (!pods.includes(object.kind)) return [];
  const spec =
    object.kind === 'CronJob' ? object.spec.jobTemplate.spec.template.spec : object.spec.template.spec;
  const own =
    object.kind === 'CronJob'
      ? leaves(object.spec, 'CronJob spec', (name) => name !== 'concurrencyPolicy')
      : [];
  return [...own, ...leaves(spec, `${object.kind} pod`, (name) => skippedInPods.test(name))];
}

/** Scalars, and lists: of scalars as one argument, of maps as one and what is in them as well. */
function leaves(value, what, skip) {
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, `${what}[]`, skip));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([name, item]) => !skip(name) && item !== undefined)
    .flatMap(([name, item]) => {
      const own = { what: `${what}.${name}`, holder: value, key: name, parent: value };
      if (Array.isArray(item)) {
        const inner = item.some((entry) => typeof entry === 'object');
        const flags = name === 'database_flags';
        if (flags) return item.map((flag) => flagOf(flag, `${what}.${name}`));
        const deniesAll = /^(egress|ingress)$/.test(name) && what.startsWith('NetworkPolicy');
        const asList =
          inner &&
          /^(containers|initContainers|volumes|volumeMounts|rules|secondary_ip_range|cleanup_policies)$/.test(
            name,
          );
        return [
          ...(deniesAll || asList ? [] : [own]),
          ...(inner ? leaves(item, `${what}.${name}`, skip) : []),
        ];
      }
      if (typeof item === 'object' && item !== null) return leaves(item, `${what}.${name}`, skip);
      return [own];
    });
}

function flagOf(flag, what) {
  return { what: `${what}[${flag.name}]`, holder: flag, key: 'value', parent: flag };
}

/** How an argument is weakened: pairs of a description and what does it. */
function mutationsOf({ what, holder, key }, documented) {
  const value = holder[key];
  const set = (other) => () => {
    holder[key] = other;
  };
  const deletion = ['deleted', () => delete holder[key]];
  // A denial without its ports denies more, and a protection that is switched on protects.
  if (key === 'ports' && what.includes('.deny')) return [];
  if (/deletion_protection/.test(key) && value === false) return [];
  if (Array.isArray(value)) {
    const ranges = value.every((item) => typeof item === 'string' && isRange(item)) && value.length > 0;
    // What a range leaves out is weakened by leaving nothing out.
    const isOpen = value.length === 1 && value[0] === '0.0.0.0/0';
    const open = ranges && key !== 'except' && !isOpen ? [['0.0.0.0/0', set(['0.0.0.0/0'])]] : [];
    return [deletion, ['emptied', set([])], ...open];
  }
  if (typeof value === 'boolean') return [deletion, [`${value} to ${!value}`, set(!value)]];
  if (typeof value === 'number') return value === 0 ? [deletion] : [deletion, [`${value} to 0`, set(0)]];
  if (typeof value !== 'string') return [];
  if (key === 'role' && value.includes('roles/')) return [deletion, ['roles/owner', set('roles/owner')]];
  if (key === 'member') return [deletion, ['allUsers', set('allUsers')]];
  if (isRange(value)) return value === '0.0.0.0/0' ? [] : [deletion, ['0.0.0.0/0', set('0.0.0.0/0')]];
  if (/^(TRUE|FALSE|true|false|on|off)$/.test(value))
    return [deletion, [`${value} flipped`, set(flipped(value))]];
  if (/^[A-Z][A-Z0-9_]+$/.test(value)) {
    const other = documented(what, key, value);
    return [deletion, [`${value} to ${other}`, set(other)]];
  }
  return [deletion];
}

function flipped(value) {
  return { TRUE: 'FALSE', FALSE: 'TRUE', true: 'false', false: 'true', on: 'off', off: 'on' }[value];
}

function isRange(value) {
  return /^\d+\.\d+\.\d+\.\d+(\/\d+)?$/.test(value);
}

/** The first other value of an attribute that the provider's declarations name. */
function documentedValues() {
  const files = new Map();
  return (what, key, value) => {
    const type = /^google_(\w+)/.exec(what)?.[1]?.replaceAll('_', '-');
    const file = join(root, 'node_modules/@cdktf/provider-google/lib', type ?? '', 'index.d.ts');
    if (!files.has(file)) files.set(file, type && existsSync(file) ? readFileSync(file, 'utf8') : '');
    const camel = key.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
    const comment = new RegExp(
      `Possible values(?: are)?:? *\\[([^\\]]*)\\](?:(?!\\*/)[^])*\\*/\\s*readonly ${camel}\\??:`,
    ).exec(files.get(file));
    const values = [...(comment?.[1] ?? '').matchAll(/[A-Z][A-Z0-9_]+/g)].map(([name]) => name);
    return (values.includes(value) ? values : []).find((name) => name !== value) ?? `NOT_${value}`;
  };
}
