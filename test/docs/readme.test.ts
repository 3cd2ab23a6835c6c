import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synth } from '../../src/cli/commands/synth';
import { loadPlatforms } from '../../src/model';
import { capture } from '../support/capture';
import { examples } from '../support/examples';
import { temporaryFolder } from '../support/temporary';

const root = join(__dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/```(\w+)\n([^]*?)```/g)].map(([, language, text]) => ({
  language,
  text: text!,
}));
const block = (language: string, contained: string): string => {
  const found = blocks.find(
    (candidate) => candidate.language === language && candidate.text.includes(contained),
  );
  if (found === undefined) throw new Error(`the README has no ${language} block with ${contained}`);
  return found.text;
};
const folder = temporaryFolder();

describe('the README', () => {
  test('shows the ten-line example as it is, in at most ten lines', () => {
    const example = readFileSync(join(root, 'examples/minimal/platform.yaml'), 'utf8');
    expect(block('yaml', 'orders:')).toBe(example);
    expect(example.trim().split('\n').length).toBeLessThanOrEqual(10);
  });

  test('shows what the first command really prints', async () => {
    const { stderr } = await capture(() => {
      synth({ file: 'examples/gitlab-meltano/platform.yaml', out: folder.path });
    });
    const plain = stderr
      // Where the output lies and how many files are new depends on the machine; everything else is asserted.
      .replaceAll(folder.path, 'examples/gitlab-meltano')
      .replace(/ {2}\(files: \d+ new\)/g, '');
    expect(block('text', 'gitlab in gitlab-analysis').trimEnd()).toBe(plain.trimEnd());
  });

  test('shows the messages that the wrong file really gets', () => {
    const wrong = [
      'version: 1',
      'name: acme',
      'google: { project: acme-data, region: europe-west1 }',
      'databases:',
      '  main: { version: POSTGRES_12, databases: [airflow] }',
      'airflow:',
      '  main: { database: main/airflo }',
      '',
    ].join('\n');
    expect(() => loadPlatforms({ name: 'platform.yaml', text: wrong })).toThrow(
      block('text', 'POSTGRES_12').trimEnd(),
    );
  });

  test('shows environments that work', () => {
    const text = `${readFileSync(join(root, 'examples/minimal/platform.yaml'), 'utf8')}${block('yaml', 'environments:')}`;
    const { platforms } = loadPlatforms({ name: 'platform.yaml', text });
    expect(platforms.map((platform) => platform.environment)).toEqual(['production', 'staging']);
  });

  test('names two commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
    expect(block('sh', 'npm ci && npm start')).toContain('npm ci && npm test');
    expect(scripts).toMatchObject({
      start: expect.any(String),
      test: expect.any(String),
      prepare: expect.any(String),
    });
  });

  test('names every example', () => {
    for (const [name] of examples) expect(readme).toContain(`[${name}](examples/${name}/platform.yaml)`);
  });

  test('links to files that exist', () => {
    for (const [, target] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
      expect(() => readFileSync(join(root, target!, ...(target!.includes('.') ? [] : [''])))).not.toThrow(
        /ENOENT/,
      );
    }
  });
});
