// People sign in to a running api-server by an issuer of OpenID Connect, as behind a load balancer that ends https.
import { request } from 'node:http';
import { check } from './support.mjs';

/** Asks the api-server as a load balancer would that has ended https; keeps cookies as a browser does. */
function ask({ api }, path, cookies) {
  return new Promise((done, fail) => {
    const headers = {
      host: 'airflow.example.com',
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-proto': 'https',
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    };
    const asked = request({ host: '127.0.0.1', port: api, path, headers }, (answer) => {
      const set = answer.headers['set-cookie'] ?? [];
      for (const cookie of set) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        cookies.set(name, value);
      }
      answer.resume();
      answer.on('end', () =>
        done({ status: answer.statusCode, location: answer.headers.location ?? '', set }),
      );
    });
    asked.on('error', fail);
    asked.end();
  });
}

/** People sign in by the issuer, and get roles by group and by verified address alone. */
export async function checkSignIn(label, machine, server) {
  const { issuer } = machine;
  const verified = { email: 'Ada@Example.com', email_verified: true, given_name: 'Ada', family_name: 'L' };
  const people = [
    {
      what: 'somebody of the group analysts, with a verified address',
      token: { sub: 'ada', ...verified },
      userinfo: { sub: 'ada', groups: ['analysts', 'others'] },
      roles: ['Analytics_engineer', 'Profile', 'Public', 'User', 'Viewer'],
    },
    {
      what: 'the same, who has left the group',
      token: { sub: 'ada', ...verified },
      userinfo: { sub: 'ada', groups: [] },
      roles: ['Public', 'Viewer'],
    },
    {
      what: 'somebody whose address nobody has verified',
      token: {
        sub: 'eve',
        email: 'boss@example.com',
        email_verified: false,
        groups: ['person:@example.com'],
      },
      userinfo: { sub: 'eve' },
      roles: ['Public'],
    },
    {
      what: 'somebody whose userinfo is that of another',
      token: { sub: 'mallory' },
      userinfo: { sub: 'ada', groups: ['analysts'], email: 'ada@example.com', email_verified: true },
      roles: ['Public'],
    },
  ];
  for (const person of people) {
    issuer.person = person;
    const cookies = new Map();
    const start = await ask(machine, '/auth/login/sso?next=', cookies);
    const back = start.location === '' ? '' : new URL(start.location).searchParams.get('redirect_uri');
    const asHost = 'https://airflow.example.com/auth/oauth-authorized/sso';
    if (
      !check(
        `${label}: sign-in comes back to ${asHost}`,
        back === asHost,
        `${start.location} ${server.said().slice(-3000)}`,
      )
    )
      return;
    const secure = start.set.length > 0 && start.set.every((cookie) => /; *Secure/i.test(cookie));
    check(`${label}: its cookies are sent by https alone`, secure, start.set.join('\n'));
    const { pathname, search } = new URL(issuer.authorize(start.location));
    const end = await ask(machine, pathname + search, cookies);
    const roles = machine.psql(
      `SELECT string_agg(r.name, ',' ORDER BY r.name) FROM ab_user u JOIN ab_user_role ur ON ur.user_id = u.id JOIN ab_role r ON r.id = ur.role_id WHERE u.username = '${person.token.sub}'`,
    );
    check(
      `${label}: ${person.what} gets the roles ${person.roles.join(', ')}`,
      end.status === 302 && roles === person.roles.join() && issuer.faults.length === 0,
      [roles, `${end.status} ${end.location}`, ...issuer.faults, server.said().slice(-4000)].join('\n'),
    );
  }
}
