import { Log } from '../../src/log/log';
import { isSecretName, Mask } from '../../src/log/mask';
import { readPluginLine } from '../../src/log/plugin-lines';

describe('the log', () => {
  const logOf = (json: boolean, level: 'info' | 'warning' = 'info'): { log: Log; lines: string[] } => {
    const lines: string[] = [];
    const now = (): Date => new Date('2026-01-02T03:04:05.678Z');
    return {
      lines,
      log: new Log({ write: (line) => lines.push(line), json, level, now, fields: { run_id: 'r' } }),
    };
  };

  it('writes JSON lines with what is known of them', () => {
    const { log, lines } = logOf(true);
    log.info('hello', { plugin: 'tap-a', stream: 'stderr' });
    expect(JSON.parse(lines[0]!)).toEqual({
      ts: '2026-01-02T03:04:05.678Z',
      level: 'info',
      message: 'hello',
      run_id: 'r',
      plugin: 'tap-a',
      stream: 'stderr',
    });
  });

  it('writes plain lines for people, with figures', () => {
    const { log, lines } = logOf(false);
    log.info('done', { rows: 1234, bytes: null, duration_seconds: 1.5 });
    expect(lines).toEqual(['03:04:05 info    done (1,234 rows, 1.5 s)\n']);
  });

  it('leaves out what matters less', () => {
    const { log, lines } = logOf(true, 'warning');
    log.info('no');
    log.warning('yes');
    expect(lines).toHaveLength(1);
  });

  it('shows no secret in any of its forms', () => {
    const { log, lines } = logOf(true);
    log.mask.add('p"ä/ss word');
    log.mask.add('p"ä/ss word and more');
    log.mask.add('-----BEGIN KEY-----\nMIIEvQIBADANBg\n-----END KEY-----');
    log.info(
      `a p"ä/ss word, p\\"ä/ss word, ${encodeURIComponent('p"ä/ss word')}, p"ä/ss word and more, MIIEvQIBADANBg`,
    );
    expect((JSON.parse(lines[0]!) as { message: string }).message).toBe('a ***, ***, ***, ***, ***');
  });

  it('hides no text that is too short to be a secret', () => {
    const mask = new Mask();
    mask.add('abc');
    expect(mask.clean('abcdef')).toBe('abcdef');
  });

  it.each([
    'password',
    'client_secret',
    'apiKey',
    'auth.token',
    'aws_secret_access_key',
    'private_key',
    'db-password',
  ])('takes %s for the name of a secret', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each(['keys', 'path', 'tokenizer', 'primary_key', 'monkey'])(
    'takes %s for no name of a secret',
    (name) => {
      expect(isSecretName(name)).toBe(false);
    },
  );
});

describe('lines of plugins', () => {
  it('reads metrics of Singer libraries', () => {
    const line =
      'INFO METRIC: {"type": "counter", "metric": "record_count", "value": 5, "tags": {"endpoint": "users"}}';
    expect(readPluginLine(line)).toEqual({
      level: 'info',
      message: line,
      metric: { name: 'record_count', value: 5, stream: 'users' },
    });
  });

  it('reads structured lines of the Singer SDK', () => {
    const line =
      '{"level": "warning", "message": "m", "metric_info": {"metric": "record_count", "value": 2, "tags": {"stream": "s"}}}';
    expect(readPluginLine(line)).toEqual({
      level: 'warning',
      message: 'm',
      metric: { name: 'record_count', value: 2, stream: 's' },
    });
  });

  it('takes everything else as it is', () => {
    for (const line of ['plain', '{broken', '{"a": 1}', 'METRIC: {broken']) {
      expect(readPluginLine(line)).toEqual({ level: 'info', message: line, metric: undefined });
    }
  });
});
