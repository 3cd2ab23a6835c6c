import { gateFrom, type GateWaiver, type Review, withGates } from '../../../src/review';

const found: Review = {
  version: 1,
  changes: [
    {
      system: 'terraform',
      stack: 'data',
      address: 'google_sql_database_instance.main',
      previousAddress: null,
      action: 'replace',
      confidence: 'certain',
      forcedBy: ['region'],
      paths: [],
      severity: 'danger',
      explanation: null,
      drift: false,
      source: null,
    },
  ],
  access: [
    {
      principal: 'allUsers',
      resource: 'storage_bucket raw (google_storage_bucket_iam_member.x)',
      verdict: 'broadened',
      before: [],
      after: [],
    },
    { principal: 'user:a@x.com', resource: 'project p', verdict: 'narrowed', before: [], after: [] },
  ],
  cost: { monthly: { before: [0, 0], after: [100, 400] }, currency: 'USD', unpriced: ['a.b'] },
  gates: [],
  diagnostics: [],
  summary: { create: 0, update: 0, replace: 1, delete: 0, move: 0 },
};
const waiver: GateWaiver = {
  key: 'moving',
  gate: 'no-destroy-of-data',
  address: 'google_sql_database_instance.*',
  owner: 'data team',
  reason: 'The data was copied before.',
  until: '2027-01-31',
};

function ask(name: string, { waivers = [] as readonly GateWaiver[], today = '2027-01-31', of = found } = {}) {
  return withGates(of, { names: [name], waivers, today }).gates[0];
}

describe('A gate', () => {
  it('fails where data is destroyed, and says what', () => {
    expect(ask('no-destroy-of-data')).toMatchObject({
      result: 'fail',
      because: 'google_sql_database_instance.main: replace',
    });
  });

  it('passes where none is', () => {
    expect(ask('no-destroy-of-data', { of: { ...found, changes: [] } })?.result).toBe('pass');
  });

  it('is waived until the last day, with who answers for it', () => {
    const result = ask('no-destroy-of-data', { waivers: [waiver] });
    expect(result).toMatchObject({ result: 'waived' });
    expect(result?.because).toContain('data team');
  });

  it('fails from the next day on, and says which waiver ended', () => {
    const result = ask('no-destroy-of-data', { waivers: [waiver], today: '2027-02-01' });
    expect(result).toMatchObject({ result: 'fail' });
    expect(result?.because).toContain('moving of data team ended on 2027-01-31');
  });

  it.each([
    ['of another gate', { ...waiver, gate: 'no-broadening' }],
    ['of another address', { ...waiver, address: 'google_storage_bucket.*' }],
    ['whose dots stand for any character', { ...waiver, address: 'google_sql_database_instanceXmain' }],
  ])('fails with a waiver %s', (_, other) => {
    expect(ask('no-destroy-of-data', { waivers: [other] })?.result).toBe('fail');
  });

  it('fails where somebody may do more, or nobody can say', () => {
    expect(ask('no-broadening')?.because).toContain('allUsers: more on storage_bucket raw');
    const unknown = { ...found, access: [{ ...found.access[1]!, verdict: 'unknown' as const }] };
    expect(ask('no-broadening', { of: unknown })?.result).toBe('fail');
    expect(ask('no-broadening', { of: { ...found, access: found.access.slice(1) } })?.result).toBe('pass');
  });

  it('holds the upper end of the cost to its ceiling, and tells what has no price', () => {
    expect(ask('cost-ceiling=399.99')?.result).toBe('fail');
    expect(ask('cost-ceiling=400')).toMatchObject({ result: 'pass' });
    expect(ask('cost-ceiling=400')?.because).toContain('without 1 that have no price');
  });

  it('holds the change to the policy', () => {
    const asked = { names: ['policy'], waivers: [], today: '2027-01-01' };
    expect(withGates(found, asked).gates[0]?.result).toBe('pass');
    const findings = [{ address: 'a.b', text: 'TL-SQL-001 at a.b' }];
    expect(withGates(found, { ...asked, findings }).gates[0]).toMatchObject({
      result: 'fail',
      because: 'TL-SQL-001 at a.b',
    });
  });

  it.each(['cost-ceiling', 'cost-ceiling=many', 'everything', ''])(
    'fails to be found by the name %j',
    (name) => {
      expect(gateFrom(name)).toBeUndefined();
    },
  );
});
