import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { init } from '../../src/cli/commands/init';
import { ConfigError } from '../../src/config';
import { readInput } from '../../src/output';
import { capture } from '../support/capture';
import { readTree, temporaryFolder } from '../support/temporary';

const folder = temporaryFolder();
const first = { name: 'acme', project: 'acme-data', region: 'europe-west1' };

describe('tapline init', () => {
  test('writes a platform that is right, which an editor checks, and what the stock tools read', async () => {
    const { stderr } = await capture(() => {
      init({ out: folder.path, ...first });
    });
    expect(stderr).toMatch(/platform\.yaml[^]*cdktf\.json[^]*cdk8s\.yaml[^]*Next: npx tapline validate/);
    const file = join(folder.path, 'platform.yaml');
    expect(readFileSync(file, 'utf8')).toMatch(/^# yaml-language-server: \$schema=/);
    expect(readInput(file).platforms).toMatchObject([{ name: 'acme' }]);
  });

  test('leaves every file alone that is there', async () => {
    writeFileSync(join(folder.path, 'platform.yaml'), 'mine');
    await capture(() => {
      init({ out: folder.path, ci: 'gitlab' });
    });
    expect(readFileSync(join(folder.path, 'platform.yaml'), 'utf8')).toBe('mine');
    expect(Object.keys(readTree(folder.path)).sort()).toEqual([
      '.gitlab/review.yml',
      'cdk8s.yaml',
      'cdktf.json',
      'platform.yaml',
    ]);
  });

  test('writes the job that reviews and the one that comments, for GitHub', async () => {
    await capture(() => {
      init({ out: folder.path, ...first, ci: 'github' });
    });
    for (const name of ['review.yml', 'review-comment.yml']) {
      expect(readFileSync(join(folder.path, '.github/workflows', name), 'utf8')).toContain('tapline');
    }
  });

  test('fails without writing anything where a name is missing or cannot be one', () => {
    expect(() => {
      init({ out: folder.path, name: 'acme' });
    }).toThrow('--name, --project and --region');
    expect(() => {
      init({ out: folder.path, ...first, name: 'Not A Name' });
    }).toThrow(ConfigError);
    expect(existsSync(join(folder.path, 'cdktf.json'))).toBe(false);
  });
});
