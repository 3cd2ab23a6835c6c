import { printJson } from '../value/json-print';
import { type Dict, dict } from '../value/value';

/** The logging configuration of plugins made with the Singer SDK. */
export function sdkLogging(structured: boolean): string {
  const formatter: Dict = structured
    ? dict({ '()': 'singer_sdk.logging.StructuredFormatter' })
    : dict({ format: '%(message)s' });
  const handler = dict({
    class: 'logging.StreamHandler',
    formatter: 'singer_formatter',
    stream: 'ext://sys.stderr',
  });
  return printJson(
    dict({
      version: 1,
      disable_existing_loggers: false,
      formatters: dict({ singer_formatter: formatter }),
      handlers: dict({ console: handler }),
      root: dict({ handlers: ['console'], level: 'INFO' }),
    }),
    2,
  );
}

/** The logging configuration of plugins made with other Singer libraries. */
export function singerLogging(): string {
  const sections: [string, Record<string, string>][] = [
    ['loggers', { keys: 'root' }],
    ['handlers', { keys: 'console' }],
    ['formatters', { keys: 'default' }],
    ['logger_root', { level: 'INFO', handlers: 'console' }],
    [
      'handler_console',
      { class: 'StreamHandler', level: 'INFO', formatter: 'default', args: '(sys.stderr,)' },
    ],
    ['formatter_default', { format: '%(message)s' }],
  ];
  return sections
    .map(
      ([name, keys]) =>
        `[${name}]\n${Object.entries(keys)
          .map(([k, v]) => `${k}=${v}\n`)
          .join('')}`,
    )
    .join('\n');
}
