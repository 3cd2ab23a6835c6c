import { Addresses } from '../../../sets/addresses';
import { textOf } from '../../equal';
import type { Tree } from '../../types';
import type { Opening, Setting } from './settings';
import { isTrue, whenever } from './settings-cluster';
import { blocks, keyOf, texts, valueAt } from './thing';

const at = 'settings.ip_configuration';

/** Who reaches the public address of an instance: whom it authorizes, and through Google's connector who has the rights. */
function publicAddress(values: Tree): Opening[] {
  const [address] = blocks(valueAt(values, at));
  if (!isTrue(address?.ipv4_enabled, true)) return [];
  const ranges = blocks(address?.authorized_networks).flatMap((one) => texts(one.value));
  const symbolic = ranges.filter((range) => range.includes('${'));
  return [
    { principal: 'whoever has the rights in IAM, from anywhere', what: 'public address' },
    { principal: Addresses.of(ranges), what: 'public address' },
    ...symbolic.map((range) => ({ principal: `addresses in ${range}`, what: 'public address' })),
  ];
}

function encryption(values: Tree): Opening[] {
  const [address] = blocks(valueAt(values, at));
  const mode = textOf(address?.ssl_mode);
  const demands =
    mode !== ''
      ? { ENCRYPTED_ONLY: 1, TRUSTED_CLIENT_CERTIFICATE_REQUIRED: 2 }[mode]
      : isTrue(address?.require_ssl, false)
        ? 2
        : 0;
  const principal = 'clients';
  return [
    ...((demands ?? 0) < 1 ? [{ principal, what: 'connections without encryption' }] : []),
    ...((demands ?? 0) < 2 ? [{ principal, what: 'connections without a client certificate' }] : []),
  ];
}

/** Who gets at databases. */
export const databaseSettings: readonly Setting[] = [
  {
    types: ['google_sql_database_instance'],
    paths: [`${at}.ipv4_enabled`, `${at}.authorized_networks`],
    opens: publicAddress,
  },
  {
    types: ['google_sql_database_instance'],
    paths: [`${at}.ssl_mode`, `${at}.require_ssl`],
    onlyChanged: true,
    opens: encryption,
  },
  {
    types: ['google_sql_database_instance'],
    paths: [`${at}.private_network`, `${at}.enable_private_path_for_google_cloud_services`],
    onlyChanged: true,
    opens: (values) => [
      ...texts(valueAt(values, `${at}.private_network`)).map((network) => ({
        principal: `machines in the network ${keyOf(network)}`,
        what: 'private address',
      })),
      ...(isTrue(valueAt(values, `${at}.enable_private_path_for_google_cloud_services`), false)
        ? [{ principal: 'services of Google such as BigQuery', what: 'private address' }]
        : []),
    ],
  },
  {
    types: ['google_sql_database_instance'],
    paths: [`${at}.psc_config`],
    opens: (values) =>
      texts(valueAt(values, `${at}.psc_config.allowed_consumer_projects`)).map((project) => ({
        principal: `networks of the project ${project}`,
        what: 'Private Service Connect',
      })),
  },
  {
    types: ['google_sql_database_instance'],
    paths: ['settings.data_api_access'],
    opens: (values) =>
      valueAt(values, 'settings.data_api_access') === 'ALLOW_DATA_API'
        ? [{ principal: 'whoever has the rights in IAM, from anywhere', what: 'data API' }]
        : [],
  },
  {
    types: ['google_sql_user'],
    paths: ['name', 'instance', 'type', 'host'],
    opens: ({ name, instance, type, host }) => [
      {
        principal: `database user ${textOf(name)}${textOf(host) === '' ? '' : ` from ${textOf(host)}`}`,
        what: `log in to ${keyOf(instance)} (${textOf(type) || 'BUILT_IN'})`,
      },
    ],
  },
  whenever(
    ['google_redis_instance'],
    'auth_enabled',
    (value) => !isTrue(value, false),
    'whoever reaches it',
    'without a password',
    true,
  ),
  whenever(
    ['google_redis_instance'],
    'transit_encryption_mode',
    (value) => textOf(value) !== 'SERVER_AUTHENTICATION',
    'clients',
    'connections without encryption',
    true,
  ),
  {
    types: ['google_redis_instance', 'google_memcache_instance', 'google_filestore_instance'],
    paths: ['authorized_network'],
    onlyChanged: true,
    opens: (values) =>
      texts(values.authorized_network).map((network) => ({
        principal: `machines in the network ${keyOf(network)}`,
        what: 'its address',
      })),
  },
  {
    types: ['google_alloydb_instance'],
    paths: ['network_config'],
    opens: (values) =>
      isTrue(valueAt(values, 'network_config.enable_public_ip'), false)
        ? [
            { principal: 'whoever has the rights in IAM, from anywhere', what: 'public address' },
            {
              principal: Addresses.of(
                blocks(blocks(values.network_config)[0]?.authorized_external_networks).flatMap((one) =>
                  texts(one.cidr_range),
                ),
              ),
              what: 'public address',
            },
          ]
        : [],
  },
];
