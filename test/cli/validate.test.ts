import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from '../../src/cli/commands/validate';
import { capture } from '../support/capture';
import { examples } from '../support/examples';
import { temporaryFolder } from '../support/temporary';

const folder = temporaryFolder();

describe('tapline validate', () => {
  test.each(examples)('finds nothing wrong in the example %s', async (_, file) => {
    const { stderr, exitCode } = await capture(() => {
      validate({ file });
    });
    expect(stderr).toMatch(/platform\.yaml is valid/);
    expect(exitCode).toBeUndefined();
  });

  test('names the environments that it checked', async () => {
    const { stderr } = await capture(() => {
      validate({ file: examples.find(([name]) => name === 'multi-environment')![1] });
    });
    expect(stderr).toMatch(/in 3 environments: production, review, testing\./);
  });

  test('prints problems as JSON on stdout, and fails with the text for people', async () => {
    const file = join(folder.path, 'platform.yaml');
    writeFileSync(file, 'version: 1\nname: acme\ngoogle: { project: acme-data, region: europe-west9999 }\n');
    const { stdout } = await capture(() => {
      expect(() => {
        validate({ file, json: true });
      }).toThrow(/> 3 \| google/);
    });
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      valid: false,
      problems: [
        {
          line: 3,
          column: 39,
          path: ['google', 'region'],
          found: 'europe-west9999',
          fix: expect.any(String),
        },
      ],
    });
  });

  test('never prints a credential, in text nor in JSON', async () => {
    const file = join(folder.path, 'platform.yaml');
    writeFileSync(
      file,
      'version: 1\nname: acme\ngoogle: { project: acme-data, region: europe-west1 }\n' +
        'meltano: { elt: { env: { SF_PASSWORD: canary-7731 } } }\n',
    );
    let text = '';
    const { stdout } = await capture(() => {
      try {
        validate({ file, json: true });
      } catch (error) {
        text = String(error);
      }
    });
    expect(stdout + text).not.toContain('canary-7731');
    expect(text).toMatch(/SF_PASSWORD/);
  });

  test('prints JSON also where there is no such file', async () => {
    const { stdout } = await capture(() => {
      expect(() => {
        validate({ file: join(folder.path, 'missing.yaml'), json: true });
      }).toThrow(/There is no/);
    });
    expect(JSON.parse(stdout)).toMatchObject({ valid: false, error: expect.stringContaining('There is no') });
  });
});
