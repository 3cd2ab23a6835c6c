import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policy } from '../../src/cli/commands/policy';
import { synth } from '../../src/cli/commands/synth';
import { GATE_FAILED, InputError } from '../../src/output';
import { capture } from '../support/capture';
import { examples } from '../support/examples';
import { readTree, temporaryFolder } from '../support/temporary';

const folder = temporaryFolder();
const fixtures = join(__dirname, '../policy/fixtures');

const minimal = `version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
databases: { main: { databases: [app], deletionProtection: false } }
`;
const waivers = (until: string) => `policy:
  waivers:
    short-lived:
      rule: TL-SQL-007
      address: google_sql_database_instance.main
      owner: data@example.com
      reason: the instance is only for the course in spring
      until: ${until}
`;

function configuration(text: string): string {
  const file = join(folder.path, 'platform.yaml');
  writeFileSync(file, text);
  return file;
}

describe('every example', () => {
  it.each(examples)('%s passes the gate without a warning', async (_, file) => {
    const { stdout, exitCode } = await capture(() => policy({ file, format: 'json', today: '2027-01-01' }));
    const report = JSON.parse(stdout);
    expect(exitCode).toBeUndefined();
    expect(report.findings.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([]);
  });
});

describe('tapline policy', () => {
  it('tells a warning at the line that asks for the resource, and passes', async () => {
    const file = configuration(minimal);
    const { stdout, stderr, exitCode } = await capture(() =>
      policy({ file, format: 'text', today: '2027-01-01' }),
    );
    expect(stdout).toBe('');
    expect(stderr).toContain('warning TL-SQL-007');
    expect(stderr).toContain(`${file}:4 stacks/data google_sql_database_instance.main`);
    expect(exitCode).toBeUndefined();
  });

  it('fails with 3 from the day after the last one of a waiver, and not on that day', async () => {
    const file = configuration(minimal + waivers('2027-03-31'));
    const on = (today: string) => capture(() => policy({ file, format: 'text', today }));
    expect((await on('2027-03-31')).exitCode).toBeUndefined();
    expect((await on('2027-03-31')).stderr).not.toContain('TL-SQL-007');
    const later = await on('2027-04-01');
    expect(later.exitCode).toBe(GATE_FAILED);
    expect(later.stderr).toMatch(/policy\.waivers\.short-lived ended on 2027-03-31\n {2}\S+:8 /);
  });

  it('judges the folder that synth wrote, with the lines of its maps', async () => {
    const file = configuration(minimal);
    await capture(() => {
      synth({ file, today: '2027-01-01' });
    });
    const { stdout } = await capture(() => policy({ dir: folder.path, format: 'json', today: '2027-01-01' }));
    expect(JSON.parse(stdout).findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ rule: 'TL-SQL-007', file: 'platform.yaml', line: 4, waivedBy: null }),
      ]),
    );
  });

  it('judges each environment of a folder by itself', async () => {
    const file = examples.find(([name]) => name === 'multi-environment')![1];
    await capture(() => {
      synth({ file, out: folder.path, today: '2027-01-01' });
    });
    const { stdout } = await capture(() =>
      policy({ file, dir: folder.path, environment: 'production', format: 'json', today: '2027-01-01' }),
    );
    const environments = JSON.parse(stdout).findings.map((finding: any) => finding.environment);
    expect(new Set(environments)).toEqual(new Set(['production']));
  });

  it('judges what others wrote, and fails with 3 where an error is in it', async () => {
    const { exitCode } = await capture(() => policy({ dir: fixtures, format: 'text' }));
    expect(exitCode).toBeUndefined();
    mkdirSync(join(folder.path, 'foreign'));
    const bucket = { resource: { google_storage_bucket: { b: { public_access_prevention: 'inherited' } } } };
    writeFileSync(join(folder.path, 'foreign/main.tf.json'), JSON.stringify(bucket));
    const refused = await capture(() => policy({ dir: join(folder.path, 'foreign'), format: 'sarif' }));
    expect(refused.exitCode).toBe(GATE_FAILED);
    expect(JSON.parse(refused.stdout).runs[0].results).toEqual(
      expect.arrayContaining([expect.objectContaining({ ruleId: 'TL-GCS-002', level: 'error' })]),
    );
  });

  it.each([
    ['a folder that is missing', { dir: '/nowhere' }, /There is no folder/],
    ['a day that is none', { dir: fixtures, today: '2027-02-30' }, /--today: found 2027-02-30/],
    ['a day in another form', { dir: fixtures, today: '1.2.2027' }, /a date such as/],
    ['an environment that is missing', { dir: fixtures, environment: 'x' }, /holds no environment 'x'/],
  ])('fails for %s', async (_, options, message) => {
    const run = () => policy({ format: 'text', ...options });
    await expect(run).rejects.toThrow(InputError);
    await expect(run).rejects.toThrow(message);
  });

  it('fails for a folder with nothing to judge, and for a file that cannot be read', async () => {
    mkdirSync(join(folder.path, 'empty'));
    const run = () => policy({ dir: join(folder.path, 'empty'), format: 'text' });
    await expect(run).rejects.toThrow(/holds no Terraform JSON/);
    writeFileSync(join(folder.path, 'empty/main.tf.json'), '{');
    await expect(run).rejects.toThrow(/main\.tf\.json cannot be read/);
  });
});

describe('the gate of synth', () => {
  it('fails with 3 where a waiver has ended, and writes nothing', async () => {
    const file = configuration(minimal + waivers('2026-12-31'));
    const { stdout, stderr, exitCode } = await capture(() => {
      synth({ file, today: '2027-01-01', json: true });
    });
    expect(exitCode).toBe(GATE_FAILED);
    expect(stderr).toContain('Nothing was written');
    expect(JSON.parse(stdout)).toMatchObject({ environments: [], policy: { failed: true } });
    expect(existsSync(join(folder.path, 'cdktf.out'))).toBe(false);
    expect(existsSync(join(folder.path, 'dist'))).toBe(false);
  });

  it('makes the same bytes whatever the day, and tells of warnings in one line', async () => {
    const file = configuration(minimal);
    const on = (today: string) =>
      capture(() => {
        synth({ file, today });
      });
    const { stderr } = await on('2027-01-01');
    expect(stderr).toMatch(/policy: 0 errors, \d+ warnings, .*tapline policy/);
    const first = readTree(folder.path);
    await on('2033-03-03');
    expect(readTree(folder.path)).toEqual(first);
    expect(readFileSync(file, 'utf8')).toBe(minimal);
  });
});
