import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';
import { hashed } from './names';
import { ConfigMap } from './plus';
import { type SecretKey, secretPath } from './secret-delivery';

/** What the FAB auth manager runs at its start; all that differs is in the file beside it. */
const config = `"""How people sign in to this Airflow: by OpenID Connect, with roles by group and by address."""

import json
from pathlib import Path

from airflow.providers.fab.auth_manager.security_manager.override import (
    FabAirflowSecurityManagerOverride,
)
from flask_appbuilder.const import AUTH_OAUTH

settings = json.loads(Path(__file__).with_name("oauth.json").read_text())


class SecurityManager(FabAirflowSecurityManagerOverride):
    """Knows people by the issuer's own id, and asks it for their groups."""

    def get_oauth_user_info(self, provider, resp):
        token = resp.get("userinfo") or {}
        told = self.oauth_remotes[provider].userinfo(token=resp)
        if token and token.get("sub") != told.get("sub"):
            # Of somebody else than the one who signed in: nothing of it counts.
            told = {}
        claims = {**told, **token}
        subject = claims.get("sub")
        if not subject:
            return {}
        groups = claims.get(settings["groupsClaim"]) or []
        if isinstance(groups, str):
            groups = [groups]
        keys = [f"group:{group}" for group in groups if isinstance(group, str)]
        email = ""
        # An address that nobody has verified may be anybody's.
        if claims.get("email") and claims.get("email_verified") in (True, "true"):
            email = claims["email"].lower()
            keys += [f"person:{email}", f"person:@{email.rpartition('@')[2]}"]
        return {
            "username": subject,
            "first_name": claims.get("given_name") or claims.get("name") or subject,
            "last_name": claims.get("family_name") or "",
            "email": email,
            "role_keys": keys,
        }


SECURITY_MANAGER_CLASS = SecurityManager
AUTH_TYPE = AUTH_OAUTH
OAUTH_PROVIDERS = [
    {
        "name": "sso",
        "icon": "fa-key",
        "token_key": "access_token",
        "remote_app": {
            "client_id": Path(settings["clientIdFile"]).read_text().strip(),
            "client_secret": Path(settings["clientSecretFile"]).read_text().strip(),
            "server_metadata_url": settings["issuer"] + "/.well-known/openid-configuration",
            "client_kwargs": {
                "scope": " ".join(settings["scopes"]),
                "code_challenge_method": "S256",
            },
        },
    }
]
AUTH_USER_REGISTRATION = True
AUTH_USER_REGISTRATION_ROLE = settings["defaultRole"]
AUTH_ROLES_MAPPING = settings["roles"]
# Who leaves a group loses its roles at the next login.
AUTH_ROLES_SYNC_AT_LOGIN = True
WTF_CSRF_ENABLED = True
PREFERRED_URL_SCHEME = "https"
`;

export interface AirflowWebserverConfigProps extends ObjectProps {
  /** Address below which `.well-known/openid-configuration` is, without a slash at its end. */
  readonly issuer: string;
  readonly clientId: SecretKey;
  readonly clientSecret: SecretKey;
  readonly scopes: readonly string[];
  /** Claim that lists the groups of a person. */
  readonly groupsClaim: string;
  /** Roles by group of the issuer. */
  readonly groups: readonly OauthRoles[];
  /** Roles by verified address, or by `@DOMAIN`. */
  readonly people: readonly OauthRoles[];
  /** Role of everybody who signs in. */
  readonly defaultRole: string;
}

interface OauthRoles {
  readonly who: string;
  readonly roles: readonly string[];
}

/**
 * `webserver_config.py` for sign-in by OpenID Connect. It holds no secret: the client's id and secret are read from
 * files.
 * @see https://airflow.apache.org/docs/apache-airflow-providers-fab/stable/auth-manager/sso.html
 */
export class AirflowWebserverConfig extends Construct {
  /** Name of the ConfigMap; a hash of its content is in it. */
  readonly configMap: string;
  /** Secrets that it reads. */
  readonly secrets: readonly string[];

  constructor(scope: Construct, id: string, props: AirflowWebserverConfigProps) {
    super(scope, id);
    const { clientId, clientSecret, groups, people, issuer, scopes, groupsClaim, defaultRole } = props;
    const roles = [
      ...groups.map(({ who, roles: names }) => [`group:${who}`, names] as const),
      ...people.map(({ who, roles: names }) => [`person:${who}`, names] as const),
    ];
    const settings = {
      issuer,
      clientIdFile: secretPath(clientId.secret, clientId.key),
      clientSecretFile: secretPath(clientSecret.secret, clientSecret.key),
      scopes,
      groupsClaim,
      roles: Object.fromEntries(roles),
      defaultRole,
    };
    const data = {
      'oauth.json': `${JSON.stringify(settings, null, 2)}\n`,
      'webserver_config.py': config,
    };
    this.configMap = hashed(props.name, JSON.stringify(data));
    this.secrets = [...new Set([clientId.secret, clientSecret.secret])];
    new ConfigMap(this, 'Resource', {
      metadata: renderMetadata({ ...props, name: this.configMap }),
      data,
      immutable: true,
    });
  }
}
