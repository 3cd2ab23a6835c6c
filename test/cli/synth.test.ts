import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synth } from '../../src/cli/commands/synth';
import { ConfigError } from '../../src/config';
import { renderCharts } from '../../charts/render';
import { readInput } from '../../src/output';
import { renderStacks } from '../../stacks/render';
import { capture } from '../support/capture';
import { examples } from '../support/examples';
import { readTree, temporaryFolder } from '../support/temporary';

const folder = temporaryFolder();
const gitlab = examples.find(([name]) => name === 'gitlab-meltano')![1];
const environments = examples.find(([name]) => name === 'multi-environment')![1];

describe('tapline synth', () => {
  test('writes Terraform and manifests, and says how much, where, and what comes next', async () => {
    const { stdout, stderr } = await capture(() => {
      synth({ file: gitlab, out: folder.path });
    });
    expect(stdout).toBe('');
    expect(stderr).toMatch(/gitlab in gitlab-analysis, us-west1/);
    expect(stderr).toMatch(/5 stacks +\d+ resources +\S*cdktf\.out +\(files: \d+ new\)/);
    expect(stderr).toMatch(/\d charts +\d+ objects +\S*dist +\(files: \d+ new\)/);
    expect(stderr).toMatch(/images without a digest[^]*images\.lock/);
    expect(stderr).toMatch(/Next[^]*npx cdktf deploy[^]*kubectl apply --server-side -R -f \S*dist/);
    expect(Object.keys(readTree(folder.path))).toEqual(
      expect.arrayContaining([
        'cdktf.out/stacks/cluster/cdk.tf.json',
        'cdktf.out/stacks/cluster/tapline.map.json',
        'dist/platform/00-namespaces.k8s.yaml',
        'dist/platform/tapline.map.json',
      ]),
    );
  });

  test('prints the same as JSON for programs, on stdout alone', async () => {
    const { stdout } = await capture(() => {
      synth({ file: gitlab, out: folder.path, json: true });
    });
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      environments: [
        {
          name: null,
          terraform: { stacks: ['bootstrap', 'foundation', 'data', 'cluster', 'operations'] },
          kubernetes: { folder: join(folder.path, 'dist'), charts: expect.arrayContaining(['namespaces']) },
        },
      ],
    });
  });

  test('writes each environment below its name, and one alone where it is named', async () => {
    await capture(() => {
      synth({ file: environments, out: folder.path, environment: 'testing' });
    });
    expect(existsSync(join(folder.path, 'testing/cdktf.out/manifest.json'))).toBe(true);
    expect(existsSync(join(folder.path, 'production'))).toBe(false);
    await capture(() => {
      synth({ file: environments, out: folder.path });
    });
    for (const name of ['production', 'review', 'testing']) {
      expect(existsSync(join(folder.path, name, 'dist/platform/00-namespaces.k8s.yaml'))).toBe(true);
    }
  });

  test('fails without touching what an earlier run wrote where the configuration has become wrong', async () => {
    const file = join(folder.path, 'platform.yaml');
    mkdirSync(join(folder.path, 'meltano'));
    writeFileSync(join(folder.path, 'meltano/meltano.yml'), 'version: 1\n');
    writeFileSync(file, readFileSync(gitlab));
    await capture(() => {
      synth({ file });
    });
    const before = readTree(join(folder.path, 'dist'));
    writeFileSync(file, `${readFileSync(gitlab, 'utf8')}unknown: true\n`);
    expect(() => {
      synth({ file });
    }).toThrow(ConfigError);
    expect(readTree(join(folder.path, 'dist'))).toEqual(before);
  });

  test('fails without writing any environment where a foreign file stands in the way of the last', () => {
    mkdirSync(join(folder.path, 'testing/dist/platform'), { recursive: true });
    writeFileSync(join(folder.path, 'testing/dist/platform/00-namespaces.k8s.yaml'), 'theirs');
    expect(() => {
      synth({ file: environments, out: folder.path });
    }).toThrow(/testing\/dist\/platform\/00-namespaces\.k8s\.yaml[^]*Nothing was written/);
    expect(Object.keys(readTree(folder.path))).toEqual(['testing/dist/platform/00-namespaces.k8s.yaml']);
  });

  test('says that nothing changed when nothing did', async () => {
    await capture(() => {
      synth({ file: gitlab, out: folder.path });
    });
    const { stderr } = await capture(() => {
      synth({ file: gitlab, out: folder.path });
    });
    expect(stderr.match(/\(no file changed\)/g)).toHaveLength(2);
  });
});

describe.each(examples)('the example %s', (name, file) => {
  const input = readInput(file);
  const render = () =>
    input.platforms.flatMap((platform) =>
      [
        ...renderStacks(input, platform).files.map((made) => ({ ...made, path: `cdktf.out/${made.path}` })),
        ...renderCharts(input, platform).files.map((made) => ({ ...made, path: `dist/${made.path}` })),
      ].map((made) => ({ ...made, path: join(platform.environment ?? '', made.path) })),
    );

  test('gives the same bytes each time', () => {
    expect(render()).toEqual(render());
  });

  test('gives what its golden holds', () => {
    const text = render()
      .filter(({ path }) => !path.endsWith('tapline.map.json'))
      .map(({ path, content }) => `### ${path}\n${content}`)
      .join('\n');
    const golden = join(__dirname, '../goldens', `${name}.txt`);
    if (process.env.TAPLINE_UPDATE_GOLDENS === '1') writeFileSync(golden, text);
    expect(text).toEqual(readFileSync(golden, 'utf8'));
  });
});
