// Proves that a real Kubernetes API server takes every manifest: all objects are accepted with strict field checks, a
// second apply changes nothing, no pod is refused where its namespace enforces the `restricted` level, native sidecars
// are still sidecars when read back, and a faulty object of every custom kind is refused. Needs Go (kube-apiserver is
// built from its modules once, some 5 minutes), Debian's etcd-server (installed if missing) and kubectl.
// Takes folders with manifests; without any, it synthesizes the examples, a platform with what they have not, and one for
// each way in from outside.
import { definitionModules, kubernetes, startServer } from './kubernetes-server.mjs';
import {
  check,
  hasCommand,
  main,
  manifestFolders,
  needDebian,
  notRun,
  platformFolders,
  podTemplateOf,
  readManifests,
} from './support.mjs';
import { workerPods } from './airflow-pods.mjs';
import { runnerPods } from './runner-pods.mjs';
import { taskPods } from './task-pods.mjs';

/** custom kind → what to do to a good object of it so that its schema must refuse it. */
const faults = {
  ExternalSecret: (object) => {
    for (const entry of object.spec.data ?? []) delete entry.remoteRef;
    if (!object.spec.data) object.spec.dataFrom = [{ extract: {} }];
  },
  SecretStore: (object) => {
    object.spec.provider = { gcpsm: { projectID: 5 } };
  },
  PodMonitoring: (object) => {
    object.spec.endpoints = 'metrics';
  },
  Rules: (object) => {
    for (const group of object.spec.groups) delete group.rules;
  },
  ServiceMonitor: (object) => {
    delete object.spec.selector;
  },
  PrometheusRule: (object) => {
    for (const rule of object.spec.groups[0].rules) rule.for = 'a while';
  },
  AutoscalingRunnerSet: (object) => {
    object.spec.maxRunners = 'many';
  },
  SecretProviderClass: (object) => {
    object.spec.parameters = { secrets: 5 };
  },
  Gateway: (object) => {
    object.spec.listeners = [{ name: 'https', port: 443, protocol: 'HTTPS', tls: { mode: 'Passthrough' } }];
  },
  HTTPRoute: (object) => {
    object.spec.rules = [{ matches: [{ path: { type: 'PathPrefix', value: 'no-slash' } }] }];
  },
  HealthCheckPolicy: (object) => {
    object.spec.default = { checkIntervalSec: 5, timeoutSec: 10 };
  },
  GCPBackendPolicy: (object) => {
    object.spec.default = { timeoutSec: 0 };
  },
  GCPGatewayPolicy: (object) => {
    delete object.spec.targetRef;
  },
  FrontendConfig: (object) => {
    object.spec.redirectToHttps = { enabled: 'yes' };
  },
  BackendConfig: (object) => {
    object.spec.healthCheck = { requestPath: 'no-slash' };
  },
  ManagedCertificate: (object) => {
    object.spec.domains = ['*.example.com'];
  },
  Certificate: (object) => {
    delete object.spec.issuerRef;
  },
};

await main(`manifests against a real API server ${kubernetes}`, async () => {
  if (!hasCommand('kubectl')) return notRun('all of it', 'kubectl is missing');
  if (!hasCommand('go')) return notRun('all of it', 'go is missing');
  needDebian(['etcd-server'], () => hasCommand('etcd'));
  const named = process.argv.slice(2);
  const clusters = [
    ...manifestFolders(named, ['monitoring']),
    ...(named.length > 0 ? [] : platformFolders('ingress-')),
  ];
  check('there are manifests to apply', clusters.length > 0);
  const server = await startServer();
  for (const { name, folder } of clusters) {
    const client = await server.fresh();
    await checkCluster(client, name, folder);
  }
});

async function checkCluster(kubectl, name, folder) {
  const objects = await readManifests(folder);
  console.log(`  ${name}: ${objects.length} objects`);

  const applied = kubectl(['apply', '--server-side', '-R', '-f', folder]);
  const accepted = applied.stdout.split('\n').filter((line) => line.endsWith('serverside-applied')).length;
  check(
    `${name}: ${accepted} of ${objects.length} objects accepted, with strict field checks`,
    applied.status === 0 && accepted === objects.length,
    applied.stderr,
  );
  const warnings = applied.stderr.split('\n').filter((line) => line.startsWith('Warning:'));
  check(`${name}: the server warns of nothing`, warnings.length === 0, warnings.join('\n'));
  if (applied.status !== 0) return;

  storeStatus(kubectl, objects);
  const before = versions(kubectl, folder);
  const again = kubectl(['apply', '--server-side', '-R', '-f', folder]);
  const after = versions(kubectl, folder);
  const changed = Object.keys(after).filter((object) => after[object] !== before[object]);
  check(
    `${name}: a second apply changes none of ${Object.keys(after).length} resource versions`,
    again.status === 0 && changed.length === 0 && Object.keys(after).length === objects.length,
    [...changed, again.stderr].join('\n'),
  );

  checkPods(kubectl, name, objects);
  checkSidecars(kubectl, name, objects);
  checkFaults(kubectl, name, objects);
}

/**
 * The definition of a Gateway has a status by default, which is stored with the next write, whoever makes it. There is
 * no controller here that would make one, so this does: else a second apply would be the next write.
 */
function storeStatus(kubectl, objects) {
  for (const { metadata } of objects.filter(({ kind }) => kind === 'Gateway')) {
    const where = ['gateway', metadata.name, '-n', metadata.namespace];
    const { status } = JSON.parse(kubectl(['get', ...where, '-o', 'json']).stdout);
    const patch = JSON.stringify({ status: { conditions: status.conditions } });
    const sent = kubectl(['patch', ...where, '--subresource=status', '--type=merge', '-p', patch]);
    if (sent.status !== 0) throw new Error(sent.said);
  }
}

function versions(kubectl, folder) {
  const { stdout } = kubectl(['get', '-R', '-f', folder, '-o', 'json']);
  const read = JSON.parse(stdout);
  const items = read.kind === 'List' ? read.items : [read];
  return Object.fromEntries(
    items.map(({ kind, metadata }) => [
      `${kind} ${metadata.namespace ?? ''}/${metadata.name}`,
      metadata.resourceVersion,
    ]),
  );
}

/** Pod Security only warns about controllers: so their pods are sent as such. */
function checkPods(kubectl, name, objects) {
  const pods = objects.flatMap((object, index) => {
    const template = podTemplateOf(object);
    if (template === undefined) return [];
    const { namespace } = object.metadata;
    return [
      {
        of: `${object.kind} ${namespace}/${object.metadata.name}`,
        pod: {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { ...template.metadata, name: `conformance-${index}`, namespace },
          spec: template.spec,
        },
      },
    ];
  });
  // Those of tasks and of jobs of CI, which are in no manifest of their own.
  const ofTasks = [...taskPods(objects), ...workerPods(objects), ...runnerPods(objects)].map(
    ({ of, pod }) => ({
      of: `task ${of}`,
      pod,
    }),
  );
  pods.push(...ofTasks);
  if (pods.length === 0) return;
  const refused = pods.flatMap(({ of, pod }) => {
    const sent = send(kubectl, pod);
    return sent.status === 0 ? [] : [`${of}: ${sent.stderr}`];
  });
  check(
    `${name}: ${pods.length} pods sent as such, ${ofTasks.length} of them of tasks, ${refused.length} refused`,
    refused.length === 0,
    refused.join('\n'),
  );
  const namespaces = [...new Set(pods.map(({ pod }) => pod.metadata.namespace))];
  const lax = namespaces.flatMap((namespace) => {
    const { spec } = pods.find(({ pod }) => pod.metadata.namespace === namespace).pod;
    const sent = send(kubectl, privilegedPod(namespace, spec.serviceAccountName));
    const refusedByLevel = sent.status !== 0 && sent.stderr.includes('violates PodSecurity "restricted');
    return refusedByLevel ? [] : [`${namespace}: ${sent.said}`];
  });
  check(
    `${name}: a privileged pod is refused in each of ${namespaces.length} namespaces`,
    lax.length === 0,
    lax.join('\n'),
  );
}

function send(kubectl, object) {
  return kubectl(['create', '--dry-run=server', '-f', '-'], { input: JSON.stringify(object) });
}

function privilegedPod(namespace, serviceAccountName) {
  const container = { name: 'main', image: 'privileged', securityContext: { privileged: true } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'privileged', namespace },
    spec: { ...(serviceAccountName ? { serviceAccountName } : {}), containers: [container] },
  };
}

/** A sidecar that lost its restart policy would be an init container that never ends. */
function checkSidecars(kubectl, name, objects) {
  const proxies = objects.filter((object) => {
    const spec = podTemplateOf(object)?.spec;
    return [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].some(
      (c) => c.name === 'cloud-sql-proxy',
    );
  });
  const wrong = proxies.flatMap((object) => {
    const { namespace, name: objectName } = object.metadata;
    const read = kubectl(['get', object.kind, objectName, '-n', namespace, '-o', 'json']);
    const { spec } = podTemplateOf(JSON.parse(read.stdout));
    const proxy = (spec.initContainers ?? []).find((container) => container.name === 'cloud-sql-proxy');
    return proxy?.restartPolicy === 'Always' ? [] : [`${object.kind} ${namespace}/${objectName}`];
  });
  const init = objects.flatMap((object) => podTemplateOf(object)?.spec.initContainers ?? []);
  const sidecars = init.filter((container) => container.restartPolicy === 'Always').length;
  if (proxies.length === 0 && sidecars === 0) return;
  check(
    `${name}: ${proxies.length} Cloud SQL proxies are native sidecars when read back (${sidecars} sidecars in all)`,
    wrong.length === 0,
    wrong.join('\n'),
  );
}

/** A definition that took everything would prove nothing. */
function checkFaults(kubectl, name, objects) {
  const isBuiltIn = ({ apiVersion }) => !apiVersion.includes('.') || /(^|\.)k8s\.io\//.test(apiVersion);
  const custom = objects.filter((object) => {
    const group = object.apiVersion.split('/')[0];
    return definitionModules.some((known) => known.group === group) || !isBuiltIn(object);
  });
  const kinds = [...new Set(custom.map((object) => object.kind))];
  for (const kind of kinds) {
    const fault = faults[kind];
    if (!fault) {
      check(
        `${name}: a faulty ${kind} is refused`,
        false,
        'no fault is known for this kind: add one to `faults`',
      );
      continue;
    }
    const faulty = structuredClone(custom.find((object) => object.kind === kind));
    faulty.metadata.name = 'faulty';
    fault(faulty);
    const sent = send(kubectl, faulty);
    check(
      `${name}: a faulty ${kind} is refused by its schema`,
      sent.status !== 0 && /is invalid|unknown field|Invalid value|Required value|decode/.test(sent.stderr),
      sent.said,
    );
  }
}
