import { readFileSync } from 'node:fs';
import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type ParsedNode,
  Scalar,
  type YAMLMap,
} from 'yaml';
import { Problem } from '../problem';
import { pythonText } from '../value/python-text';
import { type Dict, isDict, type Value } from '../value/value';
import { plainScalar } from './yaml-scalars';

/** What YAML allows only when it is escaped. */
const unprintable = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** A YAML file as a map: what Meltano's own YAML reader would make of it. */
export function loadYaml(file: string): Dict {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Problem(`${file} cannot be read: ${(error as Error).message}`);
  }
  const value = parseYaml(text, file);
  if (value === null) throw new Problem(`${file} is empty`, { fix: 'Write at least `version: 1`.' });
  if (!isDict(value)) throw new Problem(`${file}:1: found ${kindOf(value)}, expected a map of settings`);
  return value;
}

/** Reads YAML 1.2 with the scalars that Meltano's reader knows: `1_000`, `0o17`, dates, and no `yes` and `no`. */
export function parseYaml(text: string, file: string): Value {
  const odd = unprintable.exec(text);
  if (odd) {
    const line = text.slice(0, odd.index).split('\n').length;
    const code = (odd[0].codePointAt(0) ?? 0).toString(16).padStart(4, '0');
    throw new Problem(`${file}:${line}: the character U+${code.toUpperCase()} is not allowed in YAML`, {
      fix: `Write it as "\\u${code}" in double quotes, or remove it.`,
    });
  }
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'failsafe',
    uniqueKeys: true,
    merge: false,
    prettyErrors: true,
  });
  const [error] = document.errors;
  if (error) {
    const line = error.linePos?.[0];
    const where = line ? `${file}:${line.line}:${line.col}` : file;
    throw new Problem(
      `${where}: ${error.message.split('\n')[0]?.replace(/ at line .*$/, '') ?? 'invalid YAML'}`,
    );
  }
  return new Reader(document, text, file).read(document.contents);
}

function kindOf(value: Value): string {
  return Array.isArray(value) ? 'a list' : `'${pythonText(value)}'`;
}

class Reader {
  constructor(
    private readonly document: Document.Parsed,
    private readonly text: string,
    private readonly file: string,
  ) {}

  read(node: ParsedNode | null): Value {
    if (node === null) return null;
    if (isAlias(node)) return this.read((node.resolve(this.document) ?? null) as ParsedNode | null);
    if (isMap(node)) return this.map(node);
    if (isSeq(node)) return node.items.map((item) => this.read(item));
    if (!isScalar(node)) return null;
    if (node.tag !== undefined && !/^tag:yaml.org,2002:(int|float|bool|null|timestamp)$/.test(node.tag)) {
      throw this.problem(
        node,
        `the tag ${node.tag} is not understood`,
        'Write the value in quotes, without a tag.',
      );
    }
    // Read by the schema that knows texts alone.
    const text = typeof node.value === 'string' ? node.value : node.source;
    return node.type === Scalar.PLAIN || node.tag !== undefined ? plainScalar(node.source) : text;
  }

  private map(node: YAMLMap.Parsed): Dict {
    const result: Dict = new Map();
    const merged: Dict = new Map();
    for (const pair of node.items) {
      if (!isPair(pair)) continue;
      const key = this.read(pair.key);
      const value = this.read(pair.value);
      if (key === '<<')
        for (const [k, v] of this.mergeable(pair.key, value)) merged.set(k, merged.get(k) ?? v);
      else if (typeof key === 'string') result.set(key, value);
      else throw this.problem(pair.key, 'a key that is no text', 'Write the key in quotes.');
    }
    for (const [key, value] of merged) if (!result.has(key)) result.set(key, value);
    return result;
  }

  private mergeable(node: ParsedNode, value: Value): Dict {
    const maps = Array.isArray(value) ? value : [value];
    const result: Dict = new Map();
    for (const map of maps) {
      if (!isDict(map)) throw this.problem(node, '`<<` merges maps only', 'Name the anchor of a map.');
      for (const [k, v] of map) if (!result.has(k)) result.set(k, v);
    }
    return result;
  }

  private problem(node: ParsedNode, what: string, fix: string): Problem {
    const line = this.text.slice(0, node.range[0]).split('\n').length;
    return new Problem(`${this.file}:${line}: ${what}`, { fix });
  }
}
