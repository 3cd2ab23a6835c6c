import { parseJson } from '../value/json-parse';
import { setting, type SettingDefinition } from './definition';

const options = (...names: string[]): Partial<SettingDefinition> => ({ kind: 'options', options: names });
const text = (value: string | null = null): Partial<SettingDefinition> => ({ value });
const flag = (value: boolean | null): Partial<SettingDefinition> => ({ kind: 'boolean', value });
const count = (value: number): Partial<SettingDefinition> => ({ kind: 'integer', value });
const string: Partial<SettingDefinition> = { kind: 'string' };

/**
 * The settings of a project and their defaults, as Meltano 4.4.1 has them; each becomes a variable `MELTANO_…` that
 * plugins see.
 *
 * Read from the installed package on 2026-11-21.
 */
export const projectDefinitions: readonly SettingDefinition[] = (
  [
    ['default_environment', text()],
    ['send_anonymous_usage_stats', flag(true)],
    ['disable_tracking', flag(null)],
    ['project_id', text()],
    ['database_uri', text('sqlite:///$MELTANO_SYS_DIR_ROOT/meltano.db')],
    ['database_max_retries', count(3)],
    ['database_retry_timeout', count(5)],
    ['project_readonly', flag(false)],
    ['hub_api_root', text()],
    ['hub_url', text('https://hub.meltano.com')],
    ['hub_url_auth', text()],
    ['elt.buffer_size', count(104_857_600)],
    ['python', text()],
    ['auto_install', flag(true)],
    ['state_backend.uri', text('systemdb')],
    ['state_backend.lock_timeout_seconds', count(10)],
    ['state_backend.lock_retry_seconds', count(1)],
    [
      'cli.log_level',
      { ...options('debug', 'info', 'warning', 'error', 'critical', 'disabled'), value: 'info' },
    ],
    ['cli.log_config', text('logging.yaml')],
    [
      'cli.log_format',
      { ...options('colored', 'uncolored', 'json', 'key_value', 'plain'), value: 'colored' },
    ],
    ['cli.disable_version_check', flag(false)],
    ['snowplow.collector_endpoints', { kind: 'array', value: parseJson('["https://sp.meltano.com"]') }],
    ['venv.backend', { ...options('virtualenv', 'uv'), value: 'uv' }],
    ['experimental', flag(false)],
    ['ff.strict_env_var_mode', flag(false)],
    ['ff.plugin_locks_required', flag(false)],
    ['state_backend.azure.connection_string', string],
    ['state_backend.azure.storage_account_url', string],
    ['state_backend.gcs.application_credentials', string],
    ['state_backend.gcs.application_credentials_json', string],
    ['state_backend.gcs.application_credentials_path', string],
    ['state_backend.s3.aws_access_key_id', string],
    ['state_backend.s3.aws_secret_access_key', string],
    ['state_backend.s3.endpoint_url', string],
  ] as const satisfies readonly (readonly [string, Partial<SettingDefinition>])[]
).map(([name, parts]) => setting(name, parts));
