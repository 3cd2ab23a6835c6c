import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { addStacks, synthStacks } from '../../stacks';
import { everything, examplePlatform, platformOf } from './platform-fixture';
import { fileOf, resourcesOf, stackNames, stackOf } from './terraform';

const platform = platformOf(everything);
const synthesized = synthStacks(platform);

describe('synthStacks', () => {
  it('gives the files that cdktf writes, byte for byte', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tapline-stacks-'));
    try {
      const app = new App({ outdir: folder, stackTraces: false });
      addStacks(app, platform);
      app.synth();
      const written = ['manifest.json', ...stackNames.map((stack) => `stacks/${stack}/cdk.tf.json`)];
      for (const path of written) {
        expect(fileOf(synthesized, path)).toBe(readFileSync(join(folder, path), 'utf8'));
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('gives the same bytes again, whatever the environment variables of cdktf say', () => {
    const before = { ...process.env };
    try {
      Object.assign(process.env, {
        CDKTF_OUTDIR: '/nowhere',
        CDKTF_CONTEXT_JSON: '{"excludeStackIdFromLogicalIds":"true"}',
        CDKTF_TARGET_STACK_ID: 'data',
        CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: 'true',
        SYNTH_HCL_OUTPUT: 'true',
      });
      expect(synthStacks(platformOf(everything))).toEqual(synthesized);
    } finally {
      process.env = before;
    }
  });

  it('holds nothing of the machine it ran on', () => {
    const text = synthesized.files.map((file) => file.content).join('\n');
    for (const trace of [process.cwd(), tmpdir(), 'stackTrace"', String(new Date().getFullYear()) + '-']) {
      expect(text).not.toContain(trace);
    }
  });

  it('counts the resources', () => {
    expect(synthesized.resources).toBe(resourcesOf(synthesized).length);
  });

  it('asks for a Terraform with write-only arguments, in a file that checkov can pass over', () => {
    for (const stack of stackNames) {
      expect(fileOf(synthesized, `stacks/${stack}/versions.tf`)).toContain('required_version = ">= 1.11"');
      expect(stackOf(synthesized, stack).terraform).not.toHaveProperty('required_version');
    }
  });

  it('tells for every resource and every generated password which part of the configuration asks for it', () => {
    const addresses = [
      ...resourcesOf(synthesized).map(({ stack, address }) => `stacks/${stack} ${address}`),
      ...stackNames.flatMap((stack) =>
        Object.keys(stackOf(synthesized, stack).ephemeral?.random_password ?? {}).map(
          (name) => `stacks/${stack} ephemeral.random_password.${name}`,
        ),
      ),
    ];
    const entries = new Map(synthesized.sources.map((entry) => [`${entry.unit} ${entry.address}`, entry]));
    expect([...entries.keys()].sort()).toEqual(addresses.sort());
    expect(entries.get('stacks/data google_sql_database.main_airflow_testing')).toMatchObject({
      construct: 'data/databases/main_airflow_testing/database',
      origin: ['databases', 'main', 'databases', 1],
    });
    expect(entries.get('stacks/cluster google_container_node_pool.cheap')?.origin).toEqual([
      'cluster',
      'nodePools',
      'cheap',
    ]);
    expect(entries.get('stacks/foundation google_compute_router_nat.platform')?.origin).toEqual(['network']);
    expect(entries.get('stacks/foundation google_project_service.container')?.origin).toEqual(['google']);
    expect(
      entries.get('stacks/foundation ephemeral.random_password.tapline-airflow-testing_fernet-key')?.origin,
    ).toEqual(['airflow', 'testing']);
  });

  it('has the same stacks for every platform, so that what is removed can still be destroyed', () => {
    const bare = synthStacks(
      platformOf('{ version: 1, name: bare, google: { project: analysis-1, region: us-west1 } }'),
    );
    expect(resourcesOf(bare, 'data')).toEqual([]);
    const manifest = JSON.parse(fileOf(bare, 'manifest.json')) as { stacks: object };
    expect(Object.keys(manifest.stacks)).toEqual([...stackNames].sort());
  });

  it('makes the examples', () => {
    for (const name of ['minimal', 'gitlab-meltano']) {
      expect(synthStacks(examplePlatform(name)).resources).toBeGreaterThan(40);
    }
  });
});
