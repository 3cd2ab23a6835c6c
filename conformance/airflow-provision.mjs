// The Job of roles, people and pools: it ends well, gives exactly what it names, and runs again without changing more.
import { check } from './support.mjs';

/** The permissions that the reference names, and the one that Airflow gives every role. */
const expectedRoles = {
  Profile: [
    'can_edit on My Password',
    'can_edit on My Profile',
    'can_read on My Password',
    'can_read on My Profile',
    'can_read on Website',
  ],
  Analytics_engineer: [
    'can_edit on Variables',
    'can_read on Variables',
    'can_read on Website',
    'menu_access on Admin',
    'menu_access on Variables',
  ],
};

/** The permissions of a role, as Airflow's own command lists them. */
function rolesOf(machine, container) {
  const { stdout, said, status } = machine.run(container, {
    command: ['airflow', 'roles', 'list', '--permission', '--output=json'],
  });
  if (status !== 0) throw new Error(said);
  const roles = new Map();
  for (const { name, resource, action } of JSON.parse(stdout.slice(stdout.indexOf('[{')))) {
    for (const one of action.split(','))
      roles.set(name, [...(roles.get(name) ?? []), `${one} on ${resource}`]);
  }
  return roles;
}

export function checkProvision(label, machine, pods, objects, key) {
  const spec = pods.get('provision');
  if (spec === undefined) return;
  const [container] = spec.containers;
  const first = machine.run(container);
  check(`${label}: the Job of roles and pools ends well`, first.status === 0, first.said.slice(-3000));
  if (first.status !== 0) return;
  const wanted = objects.find(
    ({ kind, metadata }) =>
      kind === 'ConfigMap' &&
      metadata.labels['app.kubernetes.io/instance'] === key &&
      metadata.labels['app.kubernetes.io/component'] === 'provision',
  );
  const { roles, pools, users } = JSON.parse(wanted.data['provision.json']);
  const made = rolesOf(machine, container);
  for (const name of Object.keys(roles)) {
    const have = (made.get(name) ?? []).sort().join('; ');
    const expected = expectedRoles[name].join('; ');
    check(`${label}: the role ${name} has exactly its permissions`, have === expected, have);
  }
  const names = ['Public', 'Viewer', 'User', 'Op', 'Admin', ...Object.keys(roles)];
  const listed = machine.psql('SELECT name FROM ab_role ORDER BY 1').split('\n');
  check(
    `${label}: the roles are ${names.join(', ')}`,
    listed.join() === [...names].sort().join(),
    listed.join(),
  );
  // Somebody adds a right by hand, and takes one away.
  const [role] = Object.keys(roles);
  machine.psql(
    `INSERT INTO ab_permission_view_role (id, role_id, permission_view_id) SELECT (SELECT max(id) + 1 FROM ab_permission_view_role), r.id, pv.id FROM ab_role r, ab_permission_view pv JOIN ab_permission p ON p.id = pv.permission_id JOIN ab_view_menu v ON v.id = pv.view_menu_id WHERE r.name = '${role}' AND p.name = 'can_edit' AND v.name = 'Connections'`,
  );
  const changed = rolesOf(machine, container).get(role) ?? [];
  machine.psql(
    `SELECT setval(pg_get_serial_sequence('ab_permission_view_role', 'id'), (SELECT max(id) FROM ab_permission_view_role))`,
  );
  const second = machine.run(container);
  const again = rolesOf(machine, container);
  check(
    `${label}: a second run takes away a right that was added by hand, and changes nothing else`,
    second.status === 0 &&
      changed.includes('can_edit on Connections') &&
      [...made].every(([name, have]) => have.sort().join() === (again.get(name) ?? []).sort().join()),
    second.said.slice(-2000),
  );
  for (const [pool, slots] of Object.entries(pools)) {
    const have = machine.psql(`SELECT slots FROM slot_pool WHERE pool = '${pool}'`);
    check(`${label}: the pool ${pool} has ${slots} slots`, have === String(slots), have);
  }
  for (const [login, user] of Object.entries(users)) {
    const have = machine.psql(
      `SELECT string_agg(r.name, ',' ORDER BY r.name) FROM ab_user u JOIN ab_user_role ur ON ur.user_id = u.id JOIN ab_role r ON r.id = ur.role_id WHERE u.username = '${login}'`,
    );
    check(
      `${label}: ${login} has the roles ${user.roles.join(' and ')}`,
      have === [...user.roles].sort().join(),
      have,
    );
  }
}
