import { SqlDatabase } from '@cdktf/provider-google/lib/sql-database';
import { SqlUser } from '@cdktf/provider-google/lib/sql-user';
import { address, addressPart, rolePart, setAddress } from '../../src/google';
import { synthesize } from './support';

describe('address', () => {
  it('joins the keys that lead to an entity by underscores', () => {
    expect(address('main', 'airflow_testing')).toBe('main_airflow_testing');
  });

  it('fails for characters that Terraform does not allow, and says how to mend it', () => {
    expect(() => address('tap-secrets', 'sf.password')).toThrow(
      "got 'tap-secrets_sf.password', expected letters, digits, hyphens and underscores, first a letter or an underscore; pass the parts through addressPart",
    );
    expect(() => address('1main')).toThrow("got '1main'");
  });
});

describe('addressPart', () => {
  it('leaves what Terraform allows as it is', () => {
    expect(addressPart('sf_user-2')).toBe('sf_user-2');
  });

  it('keeps texts apart that differ only in characters that are not allowed', () => {
    const parts = ['a.b', 'a-b', 'a/b', 'a b'].map(addressPart);
    expect(new Set(parts).size).toBe(4);
    for (const part of parts) expect(address('x', part)).toBe(`x_${part}`);
  });
});

describe('rolePart', () => {
  it('names a role without its prefix', () => {
    expect(rolePart('roles/cloudsql.client')).toBe('cloudsql-client');
    expect(rolePart('projects/analysis-1/roles/taplineReader')).toBe('taplineReader');
  });
});

describe('setAddress', () => {
  const database = { instance: 'i', name: 'd' };

  it('lets resources of different types share an address', () => {
    const { resource } = synthesize((stack) => {
      setAddress(new SqlDatabase(stack, 'a', database), 'main');
      setAddress(new SqlUser(stack, 'b', database), 'main');
    });
    expect(Object.keys(resource)).toEqual(['google_sql_database', 'google_sql_user']);
  });

  it('fails where two resources of a type would merge into one, and names both', () => {
    expect(() =>
      synthesize((stack) => {
        setAddress(new SqlDatabase(stack, 'a', database), 'main');
        setAddress(new SqlDatabase(stack, 'b', database), 'main');
      }),
    ).toThrow(
      "test/b: got the address 'main', which test/a has already; give one of the constructs another id",
    );
  });
});
