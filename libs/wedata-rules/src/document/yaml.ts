/** Reads YAML 1.2 into the same nodes as JSON. Anchors are followed within a budget; a stream of several documents becomes a list. */
import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Document, type Node as YamlNode } from 'yaml';
import { broken, DEPTH_MAX, type Broken, type Member, type Node, type ParsedDocument } from './node';

/** The parser needs about a microsecond a byte, so a larger text is not even begun. */
const LENGTH_MAX = 2_000_000;
/** Nodes after following anchors: "a billion laughs" stops here. */
const NODES_MAX = 200_000;

export function parseYaml(text: string): ParsedDocument {
  if (text.length > LENGTH_MAX) return broken(0, `longer than ${LENGTH_MAX} characters`, `超过 ${LENGTH_MAX} 个字符`);
  const documents = documentsIn(text);
  if ('kind' in documents) return documents;
  const roots: Node[] = [];
  const budget = { left: NODES_MAX };
  for (const document of documents) {
    const [fault] = document.errors;
    if (fault) return broken(fault.pos[0], fault.message.split('\n')[0] ?? fault.code, `YAML 语法错误（${fault.code}）`);
    const root = convert(document.contents, { document, budget }, 0);
    if (root.kind === 'broken') return root;
    roots.push(root);
  }
  const [only] = roots;
  return { kind: 'parsed', root: roots.length === 1 && only ? only : { kind: 'array', items: roots, start: 0, end: text.length } };
}

function documentsIn(text: string): readonly Document.Parsed[] | Broken {
  try {
    const documents = parseAllDocuments(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
    return 'empty' in documents ? [] : documents;
  } catch {
    // Nested thousands of levels deep, the parser runs out of stack.
    return broken(0, 'nested too deeply', '嵌套过深');
  }
}

interface Conversion {
  readonly document: Document.Parsed;
  readonly budget: { left: number };
}

function convert(node: YamlNode | null | undefined, conversion: Conversion, depth: number): Node | Broken {
  const [start = 0, end = start] = node?.range ?? [];
  if (depth > DEPTH_MAX) return broken(start, `deeper than ${DEPTH_MAX} levels`, `嵌套超过 ${DEPTH_MAX} 层`);
  if (--conversion.budget.left < 0) return broken(start, 'more values than can be read', '值过多');
  if (isAlias(node)) {
    const target = node.resolve(conversion.document);
    return target ? convert(target, conversion, depth + 1) : broken(start, `nothing is called ${node.source}`, `找不到锚点 ${node.source}`);
  }
  if (isScalar(node)) return scalar(node.value, node.source, start, end);
  if (isSeq(node)) {
    const items: Node[] = [];
    for (const item of node.items) {
      const converted = convert(item as YamlNode | null, conversion, depth + 1);
      if (converted.kind === 'broken') return converted;
      items.push(converted);
    }
    return { kind: 'array', items, start, end };
  }
  if (!isMap(node)) return { kind: 'null', start, end };
  const members: Member[] = [];
  for (const { key, value } of node.items) {
    const converted = convert(value as YamlNode | null, conversion, depth + 1);
    if (converted.kind === 'broken') return converted;
    members.push({ key: keyText(key), keyStart: isScalar(key) ? (key.range?.[0] ?? start) : start, value: converted });
  }
  return { kind: 'object', members, start, end };
}

function keyText(key: unknown): string {
  if (!isScalar(key)) return '';
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

function scalar(value: unknown, source: string | undefined, start: number, end: number): Node {
  if (typeof value === 'number' || typeof value === 'bigint') return { kind: 'number', raw: source ?? String(value), start, end };
  if (typeof value === 'boolean') return { kind: 'boolean', value, start, end };
  return typeof value === 'string' ? { kind: 'text', value, start, end } : { kind: 'null', start, end };
}
