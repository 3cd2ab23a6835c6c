import { Counter } from '../../src/run/counter';

function counted(text: string, pieces: number): Counter {
  const counter = new Counter();
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieces) counter.write(bytes.subarray(at, at + pieces));
  counter.end();
  return counter;
}

const lines = [
  '{"type": "SCHEMA", "stream": "users", "schema": {}}',
  '{"type":"RECORD","stream":"users","record":{"type":"RECORD"}}',
  '{"type": "RECORD", "stream": "größe", "record": {}}',
  '{"record": {"id": 1}, "stream": "late", "type": "RECORD"}',
  '{"stream": "a\\"b", "type": "RECORD"}',
  '{"type":"STATE","value":{"type":"RECORD","stream":"users"}}',
  'no JSON at all',
  '',
  '{"type":"RECORD","stream":"users","record":{}}',
];

describe('counting', () => {
  it.each([1, 7, 65536])('gives records per stream and bytes, in pieces of %i', (pieces) => {
    const text = lines.join('\r\n');
    const counter = counted(text, pieces);
    expect(Object.fromEntries(counter.byStream)).toEqual({ users: 2, größe: 1, late: 1, 'a"b': 1 });
    expect(counter.bytes).toBe(Buffer.byteLength(text));
    expect(counter.unsure).toBe(false);
  });

  it('tells a long record by its beginning, and says where it cannot tell', () => {
    const long = 'x'.repeat(3 << 20);
    const usual = counted(`{"type":"RECORD","stream":"s","record":{"x":"${long}"}}\n`, 65536);
    expect(usual).toMatchObject({ unsure: false });
    expect(usual.byStream.get('s')).toBe(1);
    const other = counted(`{"record":{"x":"${long}"},"type":"RECORD","stream":"s"}\n`, 65536);
    expect(other).toMatchObject({ unsure: true });
  });
});
