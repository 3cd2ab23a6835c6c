// Plans every stack of every example with the real providers, offline: no credentials, no data sources, nothing of the
// machine's own login. The providers come from where Terraform finds them: a mirror that TF_CLI_CONFIG_FILE names, or the
// network. Where they cannot be had, it says so, and checks only what needs no provider.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  check,
  examples,
  filesBelow,
  hasCommand,
  main,
  must,
  notRun,
  root,
  run,
  synthesize,
  temporaryFolder,
} from './support.mjs';

const optional = 'the providers are no packages that can be installed by this check';

/** What Terraform says where a provider cannot be had, whatever the stack holds. */
const noProvider = /Failed to (query available|install|download)|provider packages|registry service/;

/** Nothing of whoever runs this: neither their Google login nor their own settings of Terraform's commands. */
function environment() {
  const pluginCache = join(root, '.cache', 'terraform-plugins');
  mkdirSync(pluginCache, { recursive: true });
  const own = Object.entries(process.env).filter(
    ([name]) =>
      !/^(GOOGLE_|GCLOUD_|CLOUDSDK_|TF_VAR_|TF_CLI_ARGS|TF_LOG|TF_WORKSPACE|TF_DATA_DIR)/.test(name),
  );
  return {
    TF_PLUGIN_CACHE_DIR: pluginCache,
    ...Object.fromEntries(own),
    TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: '1',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
  };
}

const env = environment();
const terraform = (folder, ...args) => run('terraform', [...args], { cwd: folder, env });

/** The folders of the stacks of an example, by environment where it has some. */
function stackFolders(out) {
  return filesBelow(out)
    .filter((file) => file.endsWith('/cdk.tf.json'))
    .map((file) => join(out, dirname(file)));
}

/** Resources that the stack's JSON holds; each of them is one in the plan, since none is made by `count`. */
function synthesized(folder) {
  const { resource = {}, data = {} } = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8'));
  const addresses = Object.entries(resource).flatMap(([type, byName]) =>
    Object.keys(byName).map((name) => `${type}.${name}`),
  );
  return { addresses: addresses.sort(), data: Object.keys(data) };
}

/** State in the folder, and a token that is sent to nobody: a plan of what is not there yet asks Google nothing. */
function override(folder) {
  const content = {
    terraform: { backend: { local: { path: 'terraform.tfstate' } } },
    provider: { google: [{ access_token: 'fake' }] },
  };
  writeFileSync(join(folder, 'zz_override.tf.json'), JSON.stringify(content));
}

/** Whatever Terraform has to say of a stack: errors, and warnings, of which a deprecation is one. */
function complaints({ stdout, said }) {
  try {
    return JSON.parse(stdout).diagnostics.map(
      ({ severity, summary, detail }) => `${severity}: ${summary}: ${detail}`,
    );
  } catch {
    return [said];
  }
}

/** Every line of a machine-readable plan that is a complaint. */
function planComplaints({ stdout, stderr, status }) {
  const lines = stdout.split('\n').flatMap((line) => {
    try {
      const { '@level': level, diagnostic } = JSON.parse(line);
      return diagnostic === undefined ? [] : [`${level}: ${diagnostic.summary}: ${diagnostic.detail ?? ''}`];
    } catch {
      return line.trim() === '' ? [] : [line];
    }
  });
  return status === 0 || lines.length > 0 ? lines : [stderr || `exit code ${status}`];
}

function planned(folder) {
  const { resource_changes: changes = [] } = JSON.parse(terraform(folder, 'show', '-json', 'plan').stdout);
  return changes.map(({ address, mode, change }) => ({ address, mode, actions: change.actions.join() }));
}

function checkPlan(title, folder) {
  const complained = complaints(terraform(folder, 'validate', '-json'));
  if (!check(`${title}: valid, without a warning`, complained.length === 0, complained.join('\n'))) return;
  const made = planComplaints(terraform(folder, 'plan', '-json', '-out=plan'));
  if (!check(`${title}: planned, without a warning`, made.length === 0, made.join('\n'))) return;
  const changes = planned(folder);
  const created = changes.filter(({ mode, actions }) => mode === 'managed' && actions === 'create');
  const expected = synthesized(folder).addresses;
  const found = created.map(({ address }) => address).sort();
  const other = changes
    .filter((change) => !created.includes(change))
    .map((c) => `${c.address}: ${c.actions}`);
  const missing = expected.filter((address) => !found.includes(address));
  check(
    `${title}: creates its ${expected.length} resources, and nothing else`,
    found.join() === expected.join() && other.length === 0,
    [...missing.map((address) => `${address}: not planned`), ...other].join('\n'),
  );
}

/** Why Terraform cannot be asked, or undefined where it can. */
function obstacle(folder) {
  if (!hasCommand('terraform')) return 'there is no terraform on the PATH';
  const configured = process.env.TF_CLI_CONFIG_FILE;
  if (configured !== undefined && !existsSync(configured))
    return `TF_CLI_CONFIG_FILE names ${configured}, which is not there`;
  const { status, said } = terraform(folder, 'init', '-no-color');
  if (status === 0 || !noProvider.test(said)) return undefined;
  const [reason = 'Terraform finds no provider'] = said.match(/^│? ?Error: .*$/m) ?? [];
  return `no provider can be had (${reason.replace(/^│? ?Error: /, '')})`;
}

await main('plan', () => {
  const out = temporaryFolder('plan');
  const stacks = examples().flatMap((example) => {
    const folder = join(out, example);
    synthesize(example, folder);
    return stackFolders(folder).map((stack) => ({
      title: stack.slice(out.length + 1).replace(/\/cdktf\.out\/stacks\//, ' '),
      folder: stack,
    }));
  });
  for (const { title, folder } of stacks) {
    const { data } = synthesized(folder);
    check(`${title}: reads no data source`, data.length === 0, data.join(', '));
    override(folder);
  }
  // Of all stacks, one with generated passwords needs most providers.
  const hardest = stacks.find(({ folder }) =>
    readFileSync(join(folder, 'cdk.tf.json'), 'utf8').includes('"random"'),
  );
  const because = obstacle((hardest ?? stacks[0]).folder);
  if (because !== undefined) {
    notRun('terraform plan of the examples', because, { optional });
    return;
  }
  console.log(`  ${must('terraform', ['version'], { env }).split('\n')[0]}`);
  for (const { title, folder } of stacks) {
    const { status, said } = terraform(folder, 'init', '-no-color');
    if (check(`${title}: initialized`, status === 0, said)) checkPlan(title, folder);
  }
});
