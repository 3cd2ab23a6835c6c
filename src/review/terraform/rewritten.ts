/** What the provider keeps of a value: locations in capitals, scopes in full. */
export function rewritten(attribute: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (/(^|\.)(location|data_locations)$/.test(attribute)) return value.toUpperCase();
  if (!attribute.endsWith('scopes') || value.includes('/')) return value;
  return `https://www.googleapis.com/auth/${scopes[value] ?? value}`;
}

/** Short names of scopes, where they are not the end of the long one. */
const scopes: Readonly<Record<string, string>> = {
  'compute-ro': 'compute.readonly',
  'compute-rw': 'compute',
  'logging-write': 'logging.write',
  monitoring: 'monitoring',
  'monitoring-write': 'monitoring.write',
  'service-control': 'servicecontrol',
  'service-management': 'service.management.readonly',
  'sql-admin': 'sqlservice.admin',
  'storage-full': 'devstorage.full_control',
  'storage-ro': 'devstorage.read_only',
  'storage-rw': 'devstorage.read_write',
  'storage-wo': 'devstorage.write_only',
  'user-info': 'userinfo.email',
  trace: 'trace.append',
};
