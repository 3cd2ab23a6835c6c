// The real checkov over the Terraform and the manifests of every example, and of generated configurations (200, or as
// many as TAPLINE_CHECKOV_CONFIGURATIONS says): no failed check but those of checkov-register.json (at most five,
// and what a configuration asks for in so many words), and none at all for examples/hardened; no file that it could not parse, no stack that it saw nothing of.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import {
  check,
  examples,
  filesBelow,
  main,
  must,
  pythonEnvironment,
  root,
  run,
  temporaryFolder,
} from './support.mjs';
import { writeTaskJobs } from './task-pods.mjs';

const version = '3.3.30';
const configurations = Number(process.env.TAPLINE_CHECKOV_CONFIGURATIONS ?? 200);
const atOnce = 50;

/** What is held to every check: nothing is waived there. */
const strict = {
  'examples/hardened': join(root, 'examples/hardened/platform.yaml'),
  'platforms/thirty-lines.yaml': join(root, 'conformance/platforms/thirty-lines.yaml'),
};

const register = JSON.parse(readFileSync(join(root, 'conformance/checkov-register.json'), 'utf8'));
const waived = new Set(register.waived.map(({ id }) => id));
const cannotRun = new Set(register.cannotRun.map(({ id }) => id));
const used = new Set();

/** Resources that checkov has an opinion of: a stack that has one and is not in its report was not read. */
const judged = [
  'google_artifact_registry_repository',
  'google_compute_subnetwork',
  'google_container_cluster',
  'google_sql_database_instance',
  'google_storage_bucket',
];

/** Runs checkov over a folder; gives what failed, what could not be run, and how much it looked at. */
function scan(program, folder) {
  const args = ['--directory', folder, '--framework', 'terraform_json', 'kubernetes'];
  // Exit code 1 says that checks failed, which the report says as well.
  const result = run(program, [...args, '--skip-download', '--compact', '--output', 'json'], { cwd: folder });
  const parsed = JSON.parse(result.stdout);
  const reports = (Array.isArray(parsed) ? parsed : [parsed]).filter(({ results }) => results !== undefined);
  const all = reports.flatMap(({ results }) => [...results.passed_checks, ...results.failed_checks]);
  return {
    passed: reports.reduce((sum, { summary }) => sum + summary.passed, 0),
    failed: reports.flatMap(({ results }) => results.failed_checks),
    skipped: reports.reduce((sum, { summary }) => sum + summary.skipped, 0),
    parsingErrors: reports.flatMap(({ results }) => results.parsing_errors),
    files: new Set(all.map(({ file_path }) => file_path.replace(/^\//, ''))),
    broken: [...result.stderr.matchAll(/Failed to run check (\S+) on (\S+)/g)].map(([, id, where]) => ({
      id,
      where,
    })),
    stopped: /^Traceback/m.test(
      result.stderr.replace(/\[ERROR\] +Failed to run check[\s\S]*?^\w+Error: .*$/gm, ''),
    ),
  };
}

/** Files that hold something to judge. */
function expectedFiles(folder) {
  return filesBelow(folder).filter((file) => {
    if (file.endsWith('.k8s.yaml'))
      return /^kind: (Deployment|Job|CronJob|StatefulSet)$/m.test(readFileSync(join(folder, file), 'utf8'));
    if (!file.endsWith('cdk.tf.json')) return false;
    const { resource = {} } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    return judged.some((type) => type in resource);
  });
}

/** @param waivedHere whether the register counts */
function judge(what, folder, found, waivedHere = true) {
  const failed = found.failed.filter(
    (one) => !(waivedHere && (waived.has(one.check_id) || wasAskedFor(folder, one))),
  );
  for (const { check_id } of found.failed) used.add(check_id);
  check(
    `${what}: ${found.passed} checks passed, ${found.failed.length} waived`,
    failed.length === 0 && found.passed > 0,
    summary(
      failed.map((f) => ({ id: `${f.check_id} ${f.check_name}`, where: `${f.file_path} ${f.resource}` })),
    ),
  );
  const expected = expectedFiles(folder);
  const unseen = expected.filter((file) => !found.files.has(file));
  check(
    `${what}: all ${expected.length} files with something to judge were read, none was skipped`,
    expected.length > 0 &&
      unseen.length === 0 &&
      found.parsingErrors.length === 0 &&
      found.skipped === 0 &&
      !found.stopped,
    [...found.parsingErrors, ...unseen].slice(0, 10).join('\n'),
  );
  const broken = found.broken.filter(({ id }) => !cannotRun.has(id));
  check(
    `${what}: every check could be run, but for those of the register`,
    broken.length === 0,
    summary(broken),
  );
}

/** Whether a finding is about something that the configuration asks for in so many words. */
function wasAskedFor(folder, { check_id, file_path, resource }) {
  const entry = register.asked.find(({ id }) => id === check_id);
  if (entry === undefined) return false;
  if (entry.resource !== undefined) return new RegExp(entry.resource).test(resource);
  const { resource: all = {} } = JSON.parse(readFileSync(join(folder, file_path), 'utf8'));
  const name = resource.replace(/^resource\./, '');
  return Object.values(all).some((byName) => byName[name]?.[entry.attribute] === true);
}

function summary(found) {
  const byId = Map.groupBy
    ? Map.groupBy(found, ({ id }) => id)
    : found.reduce((map, one) => map.set(one.id, [...(map.get(one.id) ?? []), one]), new Map());
  return [...byId].map(([id, all]) => `${id}: ${all.length}, first ${all[0].where}`).join('\n');
}

/** What CKV_GCP_54 and CKV_GCP_57 would look at: no slow lock goes untold, and no statement's text into the log. */
function checkFlags(folder) {
  const wanted = { log_lock_waits: 'on', log_min_duration_statement: '-1' };
  const instances = filesBelow(folder)
    .filter((file) => file.endsWith('cdk.tf.json'))
    .flatMap((file) => {
      const { resource = {} } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      return Object.entries(resource.google_sql_database_instance ?? {});
    });
  const wrong = instances.filter(([, { settings, clone }]) =>
    Object.entries(wanted).some(
      ([name, value]) =>
        clone === undefined &&
        !(settings?.database_flags ?? []).some((flag) => flag.name === name && flag.value === value),
    ),
  );
  check(
    `the ${instances.length} instances of the examples have the flags of ${register.cannotRun.map(({ id }) => id).join(' and ')}`,
    instances.length > 0 && wrong.length === 0,
    wrong.map(([name]) => name).join('\n'),
  );
}

await main('checkov', async () => {
  check(
    `the register holds at most five ids for everybody (${register.waived.length}), and ${register.asked.length} for what somebody asks for, each with a reason`,
    register.waived.length <= 5 &&
      [...register.waived, ...register.asked, ...register.cannotRun].every(
        ({ id, reason }) => id && reason.length > 20,
      ) &&
      register.asked.every(({ asking, evidence, falsePositive }) => asking && (!falsePositive || evidence)),
  );
  const program = join(pythonEnvironment(`checkov-${version}`, [`checkov==${version}`]), 'bin/checkov');
  check(`checkov is ${version}`, run(program, ['--version']).stdout.trim() === version);

  const generator = join(root, '.cache/checkov-generator.cjs');
  await build({
    entryPoints: [join(root, 'test/support/write-generated.ts')],
    outfile: generator,
    bundle: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
  const out = temporaryFolder('checkov');
  for (const example of examples().filter((name) => !(`examples/${name}` in strict))) {
    const folder = join(out, example);
    // From the source here, whatever was built before.
    must(process.execPath, [generator, folder, join(root, 'examples', example, 'platform.yaml'), 'as-is'], {
      cwd: root,
    });
    await writeTaskJobs(folder);
    judge(`examples/${example}`, folder, scan(program, folder));
  }
  for (const [name, file] of Object.entries(strict)) {
    const folder = join(out, 'strict', name);
    // Its images are locked, as they are where it is deployed.
    must(process.execPath, [generator, folder, file, 'locked'], { cwd: root });
    await writeTaskJobs(folder);
    judge(name, folder, scan(program, folder), false);
    const read = filesBelow(folder).filter((path) => path.endsWith('cdk.tf.json'));
    const withData = read.filter((path) => 'data' in JSON.parse(readFileSync(join(folder, path), 'utf8')));
    check(
      `${name}: none of its ${read.length} stacks has a data source`,
      withData.length === 0,
      withData.join(', '),
    );
  }
  checkFlags(out);

  for (let first = 0; first < configurations; first += atOnce) {
    const count = Math.min(atOnce, configurations - first);
    const folder = join(out, `generated-${first}`);
    must(process.execPath, [generator, folder, String(first), String(count)], { cwd: root });
    await writeTaskJobs(folder);
    judge(`generated configurations ${first + 1} to ${first + count}`, folder, scan(program, folder));
    rmSync(folder, { recursive: true, force: true });
  }

  // Few configurations need not ask for everything that the register has an entry for.
  const all = [...waived, ...(configurations < 200 ? [] : register.asked.map(({ id }) => id))];
  const stale = all.filter((id) => !used.has(id));
  check('nothing is waived that nothing needs', stale.length === 0, stale.join(', '));
});
