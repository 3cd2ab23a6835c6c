import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
// Only for the schema of SARIF 2.1.0, Errata 01, which comes with it.
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
import { Ajv } from 'ajv';
import { policy } from '../../src/cli/commands/policy';
import { capture } from '../support/capture';
import { temporaryFolder } from '../support/temporary';

const folder = temporaryFolder();

/** A platform with findings, one of them waived, one whose waiver has ended, and a waiver that nothing needs. */
const platform = `version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
databases:
  main: { databases: [app], deletionProtection: false }
  second: { databases: [app], deletionProtection: false }
cluster: { deletionProtection: false }
policy:
  waivers:
    course: { rule: TL-SQL-007, address: google_sql_database_instance.main, owner: data@example.com, reason: "only for the course: it ends in spring", until: 2027-03-31 }
    ended: { rule: TL-SQL-007, address: google_sql_database_instance.second, owner: data@example.com, reason: it was for a course in autumn, until: 2026-12-31 }
    spare: { rule: TL-GCS-001, address: google_storage_bucket.gone, owner: data@example.com, reason: the bucket is gone by now, until: 2027-03-31 }
environments:
  testing: {}
  production: { production: true }
`;

/** Draft 4 names the schema by `id`, which the validator takes for a keyword that it does not know. */
const { id, $schema, ...draft } = schema as Record<string, unknown>;
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false });
const validate = ajv.compile(draft);

async function sarifOf(text: string): Promise<any> {
  const file = join(folder.path, 'platform.yaml');
  writeFileSync(file, text);
  const { stdout } = await capture(() => policy({ file, format: 'sarif', today: '2027-01-01' }));
  return JSON.parse(stdout);
}

describe('the SARIF of a platform', () => {
  it('is valid by the schema of SARIF 2.1.0, with findings and with waivers', async () => {
    expect([id, $schema]).toEqual([
      expect.stringContaining('sarif-2.1.0'),
      'http://json-schema.org/draft-04/schema#',
    ]);
    const log = await sarifOf(platform);
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
    const { results } = log.runs[0];
    const of = (rule: string) => results.filter(({ ruleId }: { ruleId: string }) => ruleId === rule);
    expect(of('TL-SQL-007').filter(({ suppressions }: any) => suppressions !== undefined)).not.toEqual([]);
    expect(of('TL-GKE-016')).not.toEqual([]);
    expect(of('TL-WAIVER-001')).toHaveLength(1);
    expect(of('TL-WAIVER-002')).toHaveLength(1);
  });

  it('is valid where nothing is found', async () => {
    const log = await sarifOf(
      'version: 1\nname: acme\ngoogle: { project: acme-data, region: europe-west1 }\n',
    );
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('fails the schema where a level, a place or a version is none', async () => {
    const log = await sarifOf(platform);
    const [run] = log.runs;
    const [result] = run.results;
    const wrong = [
      { ...log, version: '2.0.0' },
      { ...log, runs: [{ ...run, results: [{ ...result, level: 'fatal' }] }] },
      { ...log, runs: [{ ...run, results: [{ ...result, message: undefined }] }] },
      { ...log, runs: [{ ...run, results: [{ ...result, locations: [{ file: 'a' }] }] }] },
    ];
    for (const one of wrong) expect(validate(JSON.parse(JSON.stringify(one)))).toBe(false);
  });
});
