import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synth, type SynthOptions } from '../../src/cli/commands/synth';
import { GATE_FAILED } from '../../src/output';
import { capture } from '../support/capture';
import { readTree, temporaryFolder } from '../support/temporary';

const folder = temporaryFolder();

describe('tapline synth --check', () => {
  const options = (): SynthOptions => ({ file: join(folder.path, 'platform.yaml'), today: '2027-01-01' });
  const check = () =>
    capture(() => {
      synth({ ...options(), check: true });
    });
  const platform = (buckets: string) => {
    writeFileSync(
      join(folder.path, 'platform.yaml'),
      `version: 1\nname: acme\ngoogle: { project: acme-data, region: europe-west1 }\nbuckets: { ${buckets} }\n`,
    );
  };

  it('passes right after a synth, and writes nothing whatever it finds', async () => {
    platform('raw: {}');
    await capture(() => {
      synth(options());
    });
    expect((await check()).exitCode).toBeUndefined();
    platform('raw: {}, refined: {}');
    const before = readTree(folder.path);
    expect((await check()).exitCode).toBe(GATE_FAILED);
    expect(readTree(folder.path)).toEqual(before);
  });

  it('fails with 3 where a file is missing, different or no longer made, and names it', async () => {
    platform('raw: {}');
    await capture(() => {
      synth(options());
    });
    const data = join(folder.path, 'cdktf.out/stacks/bootstrap/cdk.tf.json');
    writeFileSync(data, '{}');
    rmSync(join(folder.path, 'cdktf.out/manifest.json'));
    const { stderr, exitCode } = await check();
    expect(stderr).toMatch(/bootstrap\/cdk\.tf\.json different/);
    expect(stderr).toMatch(/manifest\.json missing/);
    expect(exitCode).toBe(GATE_FAILED);
  });
});
