import { textOf } from '../../equal';
import type { Opening, Setting } from './settings';
import { isTrue } from './settings-cluster';
import { blocks, keyOf, texts, valueAt } from './thing';
import { isTree, type Tree } from '../../types';

/** Who may take up an identity beside what IAM says. */
export const identitySettings: readonly Setting[] = [
  {
    types: ['google_service_account_key'],
    paths: ['service_account_id'],
    opens: ({ service_account_id: account }) => [
      { principal: 'whoever has the key', what: `act as ${keyOf(account)}` },
    ],
  },
  {
    types: ['google_storage_hmac_key'],
    paths: ['service_account_email', 'state'],
    opens: ({ service_account_email: account, state }) =>
      textOf(state) === 'INACTIVE'
        ? []
        : [{ principal: 'whoever has the key', what: `act as ${textOf(account)} on Cloud Storage` }],
  },
  {
    types: ['google_service_account'],
    paths: ['disabled'],
    onlyChanged: true,
    opens: ({ disabled }) =>
      isTrue(disabled, false) ? [] : [{ principal: 'whoever may act as it', what: 'is let in' }],
  },
  {
    types: ['google_iam_workload_identity_pool', 'google_iam_workload_identity_pool_provider'],
    paths: ['disabled'],
    onlyChanged: true,
    opens: ({ disabled }) =>
      isTrue(disabled, false) ? [] : [{ principal: 'identities of the pool', what: 'are let in' }],
  },
  {
    types: ['google_compute_instance', 'google_compute_instance_template', 'google_compute_project_metadata'],
    paths: ['metadata'],
    opens: ({ metadata }) => ofMetadata(isTree(metadata) ? metadata : {}),
  },
  {
    types: ['google_compute_project_metadata_item'],
    paths: ['key', 'value'],
    opens: ({ key, value }) => ofMetadata({ [textOf(key)]: value }),
  },
  {
    types: ['google_os_login_ssh_public_key'],
    paths: ['user', 'key'],
    opens: ({ user }) => [{ principal: 'whoever has the key', what: `logs in as ${textOf(user)}` }],
  },
  {
    types: ['google_project_default_service_accounts'],
    paths: ['action'],
    opens: ({ action }) =>
      textOf(action) === 'DELETE' || textOf(action) === 'DISABLE'
        ? []
        : [{ principal: 'the default accounts', what: textOf(action) }],
  },
  {
    types: ['google_iap_settings'],
    paths: ['access_settings'],
    opens: (values) =>
      texts(valueAt(values, 'access_settings.allowed_domains_settings.domains')).map((domain) => ({
        principal: `domain:${domain}`,
        what: 'is let in by IAP',
      })),
  },
  {
    types: ['google_cloud_identity_group_membership'],
    paths: ['group', 'preferred_member_key', 'member_key', 'roles'],
    opens: (values) =>
      [...blocks(values.preferred_member_key), ...blocks(values.member_key)].map(({ id }) => ({
        principal: textOf(id),
        what: `is a member of ${textOf(values.group)}`,
      })),
  },
];

/** Keys in metadata let people log in; other metadata is nobody's access. */
function ofMetadata(metadata: Tree): Opening[] {
  const keys = ['ssh-keys', 'sshKeys'].flatMap((name) =>
    texts(metadata[name]).flatMap((text) => text.split('\n')),
  );
  return [
    ...keys
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => ({
        principal: `whoever has the key ${fingerprint(line)}`,
        what: `logs in as ${line.split(':')[0] ?? ''}`,
      })),
    ...(String(metadata['block-project-ssh-keys']) === 'true'
      ? []
      : 'block-project-ssh-keys' in metadata
        ? [{ principal: 'whoever has a key of the project', what: 'logs in' }]
        : []),
    ...(String(metadata['serial-port-enable']).toLowerCase() === 'true' ||
    metadata['serial-port-enable'] === '1'
      ? [{ principal: 'whoever has a key or the password', what: 'logs in at the serial port' }]
      : []),
    ...('enable-oslogin' in metadata && String(metadata['enable-oslogin']).toLowerCase() !== 'true'
      ? [{ principal: 'whoever has a key', what: 'logs in without OS Login' }]
      : []),
  ];
}

/** The end of a key and whose it is: enough to tell it from another. */
function fingerprint(line: string): string {
  const [, key = '', comment = ''] = /\S+ ([A-Za-z0-9+/=]+)(?: (.*))?$/.exec(line) ?? [];
  return `…${key.slice(-8)} ${comment}`.trim();
}
