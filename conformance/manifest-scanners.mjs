// Three scanners over the manifests of every example and of a platform for each way in from outside: kubeconform, strict,
// with the schemas of Kubernetes and of every custom resource; kube-score; and policy-guard at the level restricted.
// No finding but those of scanner-register.json, each of which has a reason and is still needed; and each scanner
// finds what is wrong with a manifest that is. Needs Go and Python.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { goProgram } from './go-program.mjs';
import { definitionModules } from './kubernetes-server.mjs';
import {
  cached,
  check,
  filesBelow,
  goModule,
  hasCommand,
  main,
  manifestFolders,
  notRun,
  platformFolders,
  pythonEnvironment,
  root,
  run,
  temporaryFolder,
} from './support.mjs';

const versions = { kubeconform: 'v0.7.0', kubeScore: 'v1.20.0', policyGuard: '1.0.0', schemas: '1.37.0' };
const kubernetes = 'v1.33.0';
const register = JSON.parse(readFileSync(join(root, 'conformance/scanner-register.json'), 'utf8'));
const used = new Set();

/** A manifest that every scanner must find something wrong with. */
const wrong = `apiVersion: apps/v1
kind: Deployment
metadata: { name: wrong, namespace: a }
spec:
  replica: 1
  selector: { matchLabels: { app: a } }
  template:
    metadata: { labels: { app: a } }
    spec: { containers: [{ name: a, image: "a:latest", securityContext: { privileged: true } }] }
`;

await main('scanners over the manifests', async () => {
  if (!hasCommand('go')) return notRun('all of it', 'go is missing');
  const named = process.argv.slice(2);
  const folders = [...manifestFolders(named), ...(named.length > 0 ? [] : platformFolders('ingress-'))];
  const faulty = temporaryFolder('faulty');
  writeFileSync(join(faulty, 'wrong.k8s.yaml'), wrong);
  for (const [name, scan] of [
    ['kubeconform', kubeconform()],
    ['kube-score', kubeScore()],
    ['policy-guard', policyGuard()],
  ]) {
    check(`${name}: finds what is wrong with a faulty manifest`, scan(faulty).found.length > 0);
    for (const { name: where, folder } of folders) {
      const { found, looked } = scan(folder);
      const open = found.filter((finding) => !isRegistered(name, finding));
      check(
        `${name}: ${where}: ${looked} objects, ${found.length - open.length} findings of the register, ${open.length} others`,
        looked > 0 && open.length === 0,
        [...new Set(open.map(({ id, text }) => `${id} ${text}`))].slice(0, 20).join('\n'),
      );
    }
  }
  if (named.length > 0) return;
  const stale = Object.entries(register).flatMap(([name, entries]) =>
    entries.filter(({ id }) => !used.has(`${name} ${id}`)).map(({ id }) => `${name} ${id}`),
  );
  check('the register holds nothing that nobody needs', stale.length === 0, stale.join(', '));
});

function isRegistered(scanner, { id, text }) {
  const entry = (register[scanner] ?? []).find(
    (one) => one.id === id && (one.where === undefined || new RegExp(one.where).test(text)),
  );
  if (entry !== undefined) used.add(`${scanner} ${id}`);
  return entry !== undefined;
}

function manifests(folder) {
  return filesBelow(folder)
    .filter((file) => file.endsWith('.k8s.yaml'))
    .map((file) => join(folder, file));
}

function kubeconform() {
  const program = goProgram(
    'kubeconform',
    versions.kubeconform,
    'github.com/yannh/kubeconform/cmd/kubeconform',
  );
  const schemas = schemaFolder();
  const location = `${schemas}/{{ .ResourceKind }}{{ .KindSuffix }}.json`;
  return (folder) => {
    const args = ['-strict', '-summary', '-output', 'json', '-verbose', '-schema-location', location];
    const { resources = [] } = JSON.parse(run(program, [...args, ...manifests(folder)]).stdout);
    return {
      looked: resources.filter(({ status }) => status === 'statusValid').length,
      found: resources
        .filter(({ status }) => status !== 'statusValid')
        .map(({ kind, name, msg, status }) => ({ id: status, text: `${kind} ${name}: ${msg}` })),
    };
  };
}

function kubeScore() {
  const program = goProgram('kube-score', versions.kubeScore, 'github.com/zegl/kube-score/cmd/kube-score');
  return (folder) => {
    const args = ['score', '--kubernetes-version', 'v1.33', '--output-format', 'json'];
    const objects = JSON.parse(run(program, [...args, ...manifests(folder)]).stdout) ?? [];
    return {
      looked: objects.length,
      found: objects.flatMap(({ object_name, checks }) =>
        checks
          .filter(({ skipped, grade }) => !skipped && grade < 7)
          .flatMap(({ check: { id }, comments }) =>
            (comments ?? [{}]).map(({ path = '', summary = '' }) => ({
              id,
              text: `${object_name}: (${path}) ${summary}`,
            })),
          ),
      ),
    };
  };
}

function policyGuard() {
  const name = `policy-guard-${versions.policyGuard}`;
  const program = join(
    pythonEnvironment(name, [`k8s-policy-guard==${versions.policyGuard}`]),
    'bin/policy-guard',
  );
  return (folder) => {
    const output = join(temporaryFolder('policy-guard'), 'report.json');
    run(program, ['scan', '--format', 'json', '--level', 'restricted', '--output', output, folder]);
    const { summary, violations } = JSON.parse(readFileSync(output, 'utf8'));
    return {
      looked: summary.total_resources,
      found: violations.map(({ rule_id, resource, message }) => ({
        id: rule_id,
        text: `${resource}: ${message}`,
      })),
    };
  };
}

/** Strict schemas of Kubernetes and of every custom resource. */
function schemaFolder() {
  const python = pythonEnvironment(`kubernetes-validate-${versions.schemas}`, [
    `kubernetes-validate==${versions.schemas}`,
  ]);
  const library = join(python, 'lib');
  const [version] = readdirSync(library);
  const source = join(
    library,
    version,
    'site-packages/kubernetes_validate/kubernetes-json-schema',
    `${kubernetes}-local-strict`,
  );
  const folder = cached(`kubeconform-schemas-${versions.schemas}-${kubernetes}-whole`, (target) => {
    const { $defs } = JSON.parse(readFileSync(join(source, '_definitions.json'), 'utf8'));
    for (const file of readdirSync(source).filter((name) => !name.startsWith('_'))) {
      writeFileSync(join(target, file), JSON.stringify(selfContained(join(source, file), $defs)));
    }
  });
  const all = temporaryFolder('schemas');
  cpSync(folder, all, { recursive: true });
  const own = join(root, 'conformance/crds');
  for (const place of [
    ...definitionModules.map(({ module, version: tag, folder: path }) =>
      join(goModule(module, tag).folder, path),
    ),
    own,
  ]) {
    for (const file of filesBelow(place).filter((name) => name.endsWith('.yaml') && !name.includes('kustom')))
      addDefinitions(all, join(place, file));
  }
  return all;
}

/** A schema with the definitions that it refers to in it: kubeconform follows no reference to another file. */
function selfContained(file, definitions) {
  const refer = /"(?:\/api\/_definitions\.json)?#\/\$defs\/([^"]+)"/g;
  const schema = JSON.parse(readFileSync(file, 'utf8'));
  // By its id, the program would look for it at an address of its own.
  delete schema.$id;
  const text = JSON.stringify(schema);
  const needed = {};
  const gather = (part) => {
    for (const [, name] of part.matchAll(refer)) {
      if (name in needed || !(name in definitions)) continue;
      needed[name] = definitions[name];
      gather(JSON.stringify(definitions[name]));
    }
  };
  gather(text);
  return JSON.parse(
    JSON.stringify({ ...schema, $defs: needed }).replaceAll('"/api/_definitions.json#/', '"#/'),
  );
}

function addDefinitions(folder, file) {
  for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
    const definition = document.toJS();
    if (definition?.kind !== 'CustomResourceDefinition') continue;
    const { group, names, versions: served } = definition.spec;
    for (const { name, schema } of served) {
      const path = `${names.kind.toLowerCase()}-${group.split('.')[0]}-${name}.json`;
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, path), JSON.stringify(strict(schema.openAPIV3Schema, true)));
    }
  }
}

/** What the API server does with unknown fields when it is asked to be strict. */
function strict(schema, isRoot = false) {
  if (Array.isArray(schema)) return schema.map((one) => strict(one));
  if (typeof schema !== 'object' || schema === null) return schema;
  const mapped = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, strict(value)]));
  if (mapped['x-kubernetes-int-or-string'] === true) {
    return { ...mapped, type: ['integer', 'string'] };
  }
  const isClosed =
    schema.type === 'object' &&
    schema.properties !== undefined &&
    schema['x-kubernetes-preserve-unknown-fields'] !== true &&
    schema.additionalProperties === undefined;
  if (!isClosed) return mapped;
  const known = isRoot
    ? {
        apiVersion: { type: 'string' },
        kind: { type: 'string' },
        metadata: { type: 'object' },
        ...mapped.properties,
      }
    : mapped.properties;
  return { ...mapped, properties: known, additionalProperties: false };
}
