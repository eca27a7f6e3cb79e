/** Reads JSON (RFC 8259) strictly and keeps what `JSON.parse` forgets: places, repeated keys, the digits of long numbers. */
import { broken, DEPTH_MAX, NODES_MAX, type Broken, type Member, type Node, type ParsedDocument } from './node';

interface Cursor {
  readonly text: string;
  at: number;
  nodes: number;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Everything up to a quote, a backslash or a control character. */
// eslint-disable-next-line no-control-regex -- JSON forbids them bare in strings, so they have to be named
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Total: a text that is no JSON is an answer with the offset of the first fault. */
export function parseJson(text: string): ParsedDocument {
  const cursor: Cursor = { text, at: text.startsWith('\ufeff') ? 1 : 0, nodes: 0 };
  skipBlanks(cursor);
  const root = value(cursor, 0);
  if (root.kind === 'broken') return root;
  skipBlanks(cursor);
  return cursor.at < text.length ? unexpected(cursor) : { kind: 'parsed', root };
}

function value(cursor: Cursor, depth: number): Node | Broken {
  if (depth > DEPTH_MAX) return broken(cursor.at, `deeper than ${DEPTH_MAX} levels`, `嵌套超过 ${DEPTH_MAX} 层`);
  if (++cursor.nodes > NODES_MAX) return broken(cursor.at, `more than ${NODES_MAX} values`, `值超过 ${NODES_MAX} 个`);
  const start = cursor.at;
  switch (cursor.text.charAt(start)) {
    case '{':
      return object(cursor, depth);
    case '[':
      return array(cursor, depth);
    case '"': {
      const read = string(cursor);
      return typeof read === 'string' ? { kind: 'text', value: read, start, end: cursor.at } : read;
    }
    default:
      return word(cursor) ?? number(cursor) ?? unexpected(cursor);
  }
}

function object(cursor: Cursor, depth: number): Node | Broken {
  const start = cursor.at++;
  const members: Member[] = [];
  skipBlanks(cursor);
  if (taken(cursor, '}')) return { kind: 'object', members, start, end: cursor.at };
  for (;;) {
    skipBlanks(cursor);
    const keyStart = cursor.at;
    const key = string(cursor);
    if (typeof key !== 'string') return key;
    skipBlanks(cursor);
    if (!taken(cursor, ':')) return unexpected(cursor);
    skipBlanks(cursor);
    const node = value(cursor, depth + 1);
    if (node.kind === 'broken') return node;
    members.push({ key, keyStart, value: node });
    skipBlanks(cursor);
    if (taken(cursor, '}')) return { kind: 'object', members, start, end: cursor.at };
    if (!taken(cursor, ',')) return unexpected(cursor);
  }
}

function array(cursor: Cursor, depth: number): Node | Broken {
  const start = cursor.at++;
  const items: Node[] = [];
  skipBlanks(cursor);
  if (taken(cursor, ']')) return { kind: 'array', items, start, end: cursor.at };
  for (;;) {
    skipBlanks(cursor);
    const node = value(cursor, depth + 1);
    if (node.kind === 'broken') return node;
    items.push(node);
    skipBlanks(cursor);
    if (taken(cursor, ']')) return { kind: 'array', items, start, end: cursor.at };
    if (!taken(cursor, ',')) return unexpected(cursor);
  }
}

function string(cursor: Cursor): string | Broken {
  if (!taken(cursor, '"')) return unexpected(cursor);
  let read = '';
  for (;;) {
    PLAIN.lastIndex = cursor.at;
    const plain = PLAIN.exec(cursor.text)?.[0] ?? '';
    read += plain;
    cursor.at += plain.length;
    if (taken(cursor, '"')) return read;
    if (!taken(cursor, '\\')) return unexpected(cursor);
    const escaped = escape(cursor);
    if (escaped === undefined) return unexpected(cursor);
    read += escaped;
  }
}

function escape(cursor: Cursor): string | undefined {
  const sign = cursor.text.charAt(cursor.at);
  if (sign === 'u') {
    const digits = cursor.text.slice(cursor.at + 1, cursor.at + 5);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) return undefined;
    cursor.at += 5;
    return String.fromCharCode(parseInt(digits, 16));
  }
  const unit = Object.hasOwn(ESCAPES, sign) ? ESCAPES[sign] : undefined;
  if (unit !== undefined) cursor.at++;
  return unit;
}

function word(cursor: Cursor): Node | undefined {
  const start = cursor.at;
  for (const [text, node] of [
    ['true', true],
    ['false', false],
    ['null', null],
  ] as const) {
    if (!cursor.text.startsWith(text, start)) continue;
    cursor.at += text.length;
    return node === null ? { kind: 'null', start, end: cursor.at } : { kind: 'boolean', value: node, start, end: cursor.at };
  }
  return undefined;
}

function number(cursor: Cursor): Node | undefined {
  NUMBER.lastIndex = cursor.at;
  const raw = NUMBER.exec(cursor.text)?.[0];
  if (raw === undefined) return undefined;
  const start = cursor.at;
  cursor.at += raw.length;
  return { kind: 'number', raw, start, end: cursor.at };
}

function taken(cursor: Cursor, sign: string): boolean {
  if (cursor.text.charAt(cursor.at) !== sign) return false;
  cursor.at++;
  return true;
}

function skipBlanks(cursor: Cursor): void {
  while (cursor.at < cursor.text.length && ' \t\r\n'.includes(cursor.text.charAt(cursor.at))) cursor.at++;
}

function unexpected({ text, at }: Cursor): Broken {
  if (at >= text.length) return broken(at, 'the text ends too early', '内容提前结束');
  const shown = JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0));
  return broken(at, `${shown} is unexpected here`, `此处不应出现 ${shown}`);
}
