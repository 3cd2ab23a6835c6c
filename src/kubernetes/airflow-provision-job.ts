import { Construct } from 'constructs';
import { renderAirflowPod } from './airflow-pod';
import type { AirflowProps } from './airflow-props';
import { OneOffJob } from './job';
import { renderMetadata } from './labels';
import { hashed } from './names';
import { ConfigMap } from './plus';
import { type SecretKey, secretPath } from './secret-delivery';
import { configFiles } from './volumes';

/** Where the script and what it is to do are in the container. */
const folder = '/opt/airflow/provision';

/**
 * Says what there shall be, and can run again and again. Through the security manager and not by `airflow roles`, which
 * takes half a minute for each role and never takes a permission away.
 */
const script = `"""Gives this Airflow the roles, people and pools that its configuration names."""

import json
from pathlib import Path

from airflow.models import Pool
from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder
from airflow.utils.providers_configuration_loader import providers_configuration_loaded

# Every role beside those of Airflow itself gets it, so that its pages open at all.
HOMEPAGE = ("can_read", "Website")


def set_role(manager, name, permissions):
    """Makes the role have exactly these permissions."""
    role = manager.find_role(name) or manager.add_role(name)
    wanted = {(one["action"], one["resource"]) for one in permissions} | {HOMEPAGE}
    for permission in list(role.permissions):
        if (permission.action.name, permission.resource.name) not in wanted:
            manager.remove_permission_from_role(role, permission)
    for action, resource in sorted(wanted):
        manager.add_permission_to_role(role, manager.create_permission(action, resource))
    print(f"role {name}: {len(wanted)} permissions")


def set_user(manager, login, wanted):
    """Makes the person have these roles; a password that is there stays."""
    roles = [manager.find_role(name) for name in wanted["roles"]]
    user = manager.find_user(username=login)
    if user is None:
        user = manager.add_user(
            username=login,
            first_name=wanted["firstName"],
            last_name=wanted["lastName"],
            email=wanted["email"],
            role=roles,
            password=Path(wanted["passwordFile"]).read_text().strip(),
        )
        if not user:
            raise SystemExit(f"user {login}: it cannot be made; the log above says why")
    else:
        user.roles = roles
        user.email = wanted["email"]
        user.first_name = wanted["firstName"]
        user.last_name = wanted["lastName"]
        manager.update_user(user)
    print(f"user {login}: {', '.join(wanted['roles'])}")


@providers_configuration_loaded
def main():
    wanted = json.loads(Path(__file__).with_name("provision.json").read_text())
    for name, slots in wanted["pools"].items():
        Pool.create_or_update_pool(
            name=name, slots=slots, description="Set by tapline", include_deferred=False
        )
        print(f"pool {name}: {slots} slots")
    with get_application_builder() as appbuilder:
        manager = appbuilder.sm
        appbuilder.add_permissions(update_perms=True)
        manager.sync_roles()
        for name, permissions in wanted["roles"].items():
            set_role(manager, name, permissions)
        for login, user in wanted["users"].items():
            set_user(manager, login, user)


if __name__ == "__main__":
    main()
`;

export interface AirflowProvisionJobProps extends Omit<AirflowProps, 'name'> {
  /** Beginning of the names of the Job and its ConfigMap. */
  readonly namePrefix: string;
  readonly roles: readonly {
    readonly name: string;
    readonly permissions: readonly { readonly action: string; readonly resource: string }[];
  }[];
  readonly users: readonly {
    readonly login: string;
    readonly email: string;
    readonly firstName: string;
    readonly lastName: string;
    readonly roles: readonly string[];
    /** The first password. */
    readonly password: SecretKey;
  }[];
  readonly pools: readonly { readonly name: string; readonly slots: number }[];
}

/** Gives an Airflow its roles, people and pools, and again whenever they change here. */
export class AirflowProvisionJob extends Construct {
  constructor(scope: Construct, id: string, props: AirflowProvisionJobProps) {
    super(scope, id);
    const { namePrefix, namespace, labels } = props;
    const data = {
      'provision.json': `${JSON.stringify(renderWanted(props), null, 2)}\n`,
      'provision.py': script,
    };
    const configMap = hashed(namePrefix, JSON.stringify(data));
    new ConfigMap(this, 'Settings', {
      metadata: renderMetadata({ name: configMap, namespace, labels }),
      data,
      immutable: true,
    });
    new OneOffJob(this, 'Job', {
      namePrefix,
      namespace,
      labels,
      // While the api-servers start, they make the same roles, and one of the two may have to begin again.
      retries: 10,
      timeoutSeconds: 3600,
      template: renderAirflowPod(
        { ...props, name: namePrefix },
        {
          part: 'job',
          command: ['python', `${folder}/provision.py`],
          secretFiles: [...new Set(props.users.map(({ password }) => password.secret))],
          mounts: [configFiles('provision', folder, configMap)],
          readsDags: false,
          waitsForMigrations: true,
          terminationGracePeriodSeconds: 60,
          restartPolicy: 'Never',
        },
      ),
    });
  }
}

function renderWanted({ roles, users, pools }: AirflowProvisionJobProps) {
  return {
    pools: Object.fromEntries(pools.map(({ name, slots }) => [name, slots])),
    roles: Object.fromEntries(roles.map(({ name, permissions }) => [name, permissions])),
    users: Object.fromEntries(
      users.map(({ login, password, ...user }) => [
        login,
        { ...user, passwordFile: secretPath(password.secret, password.key) },
      ]),
    ),
  };
}
