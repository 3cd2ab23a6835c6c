// Proves that the labels of the corpus of Kubernetes changes (test/review/corpus/kubernetes) are what a real API server
// does: applies the base of a pair, then the head, and compares what is stored. Takes a random tenth of the pairs, and
// prints the seed of that choice; `--all` takes every pair, `--seed N` repeats a choice, `--label FILE…` writes the labels of
// those files anew, `--definitions FOLDER` adds definitions of custom resources.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ApiClient } from './api-client.mjs';
import { startServer } from './kubernetes-server.mjs';
import { labelPair, Unlabelled } from './review-labels.mjs';
import { check, filesBelow, goModule, hasCommand, main, needDebian, notRun, root } from './support.mjs';

const corpus = join(root, 'test/review/corpus/kubernetes');
const gateway = { module: 'sigs.k8s.io/gateway-api', version: 'v1.3.0', folder: 'config/crd/standard' };

await main('the corpus of Kubernetes changes against a real API server', async () => {
  for (const command of ['kubectl', 'go'])
    if (!hasCommand(command)) return notRun('all of it', `${command} is missing`);
  needDebian(['etcd-server'], () => hasCommand('etcd'));
  const options = optionsOf(process.argv.slice(2));
  const server = await startServer();
  const kubectl = await server.fresh();
  define(kubectl, join(goModule(gateway.module, gateway.version).folder, gateway.folder));
  for (const folder of options.definitions) define(kubectl, folder);
  const api = await ApiClient.connect(kubectl.config);
  await prepare(api);
  if (options.label.length > 0) {
    for (const file of options.label) await label(api, file);
  } else {
    await compare(api, chosen(options));
  }
});

function optionsOf(args) {
  const options = { definitions: [], label: [], all: false, seed: Math.floor(Math.random() * 2 ** 31) };
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--definitions') options.definitions.push(args[++i]);
    else if (args[i] === '--seed') options.seed = Number(args[++i]);
    else if (args[i] === '--all') options.all = true;
    else if (args[i] === '--label') options.label = args.splice(i + 1);
    else throw new Error(`there is no option ${args[i]}`);
  }
  return options;
}

function define(kubectl, folder) {
  for (const file of filesBelow(folder).filter((name) => name.endsWith('.yaml') && !name.includes('kustom')))
    applied(kubectl, ['apply', '--server-side', '-f', join(folder, file)]);
  applied(kubectl, ['wait', '--for=condition=Established', '--timeout=60s', 'crd', '--all']);
}

function applied(kubectl, args) {
  const { status, said } = kubectl(args);
  if (status !== 0) throw new Error(said);
}

/** What a cluster on Google Cloud has from the start, and a claim needs. */
async function prepare(api) {
  for (const name of ['standard-rwo', 'premium-rwo', 'standard', 'standard-rwx']) {
    await api.apply({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name },
      provisioner: 'pd.csi.storage.gke.io',
      allowVolumeExpansion: true,
    });
  }
}

function chosen({ all, seed }) {
  const pairs = filesBelow(corpus).flatMap(
    (file) => JSON.parse(readFileSync(join(corpus, file), 'utf8')).pairs,
  );
  if (all) return pairs;
  console.log(`  a tenth of ${pairs.length} pairs, seed ${seed}`);
  let state = seed;
  const random = () => {
    // The generator of Park and Miller: enough for a choice, and the same everywhere.
    state = (state * 48271 + 11) % 2147483647;
    return state / 2147483647;
  };
  return pairs.filter(() => random() < 0.1);
}

async function compare(api, pairs) {
  for (const pair of pairs) {
    try {
      const labels = await labelPair(api, pair);
      check(
        pair.name,
        JSON.stringify(labels) === JSON.stringify(pair.labels),
        `stored: ${JSON.stringify(pair.labels)}\nnow:    ${JSON.stringify(labels)}`,
      );
    } catch (error) {
      if (!(error instanceof Unlabelled) || error.kind === undefined) throw error;
      notRun(pair.name, error.message, { optional: 'its definition is in no module that can be had' });
    }
  }
}

async function label(api, file) {
  const stored = JSON.parse(readFileSync(file, 'utf8'));
  const pairs = [];
  for (const pair of stored.pairs) {
    try {
      pairs.push({ ...pair, labels: await labelPair(api, pair) });
    } catch (error) {
      if (!(error instanceof Unlabelled)) throw error;
      check(pair.name, false, error.message);
    }
  }
  const { gitVersion } = await api.get('/version');
  const lines = pairs.map((pair) => JSON.stringify(pair)).join(',\n');
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync(
    file,
    `{ "server": ${JSON.stringify(gitVersion)}, "labelled": "${day}", "pairs": [\n${lines}\n] }\n`,
  );
  check(`${relative(root, file)}: ${pairs.length} pairs labelled`, pairs.length === stored.pairs.length);
}
