import fc from 'fast-check';
import { parseJson } from './json';
import { positionsIn, type Node } from './node';
import { child, rootPlace } from './place';
import { parseYaml } from './yaml';

/** What `JSON.parse` would have given. */
function plain(node: Node): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.members.map(({ key, value }) => [key, plain(value)]));
    case 'array':
      return node.items.map(plain);
    case 'number':
      return Number(node.raw);
    case 'null':
      return null;
    case 'text':
    case 'boolean':
      return node.value;
  }
}

const read = (text: string): unknown => {
  const parsed = parseJson(text);
  return parsed.kind === 'parsed' ? plain(parsed.root) : parsed.kind;
};

describe('JSON', () => {
  it('reads what JSON.parse reads, to the same values', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(read(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses what JSON.parse refuses, and never throws', () => {
    const damaged = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', '}', ',', '\\', '\u0001', '0', 'é', ' ')).map(([text, at, sign]) => {
      const cut = at % (text.length + 1);
      return text.slice(0, cut) + sign + text.slice(cut + 1);
    });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string()), (text) => {
        const accepted = (() => {
          try {
            JSON.parse(text);
            return true;
          } catch {
            return false;
          }
        })();
        expect(parseJson(text).kind).toBe(accepted ? 'parsed' : 'broken');
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the digits of long numbers, repeated keys and places', () => {
    const text = '{"id": 20250908225847483, "a": 1,\n "a": "x"}';
    const parsed = parseJson(text);
    if (parsed.kind !== 'parsed') throw new Error('broken');
    const root = rootPlace(parsed.root);
    expect(child(root, 'id')).toMatchObject({ pointer: '/id', node: { raw: '20250908225847483' } });
    const a = child(root, 'a');
    expect(a?.node).toMatchObject({ kind: 'text', value: 'x' });
    expect(positionsIn(text)(a?.node.start ?? 0, a?.node.end ?? 0)).toEqual({ startLine: 2, startColumn: 7, endLine: 2, endColumn: 9 });
  });

  it('stops at a depth and says where', () => {
    expect(parseJson('['.repeat(100_000))).toMatchObject({ kind: 'broken', message: { en: expect.stringContaining('deeper') } });
    expect(parseJson('{"a": tru}')).toMatchObject({ kind: 'broken', offset: 6 });
  });
});

describe('YAML', () => {
  const yaml = (text: string): unknown => {
    const parsed = parseYaml(text);
    return parsed.kind === 'parsed' ? plain(parsed.root) : parsed.kind;
  };

  it('reads maps, lists, scalars, anchors and several documents', () => {
    expect(yaml('a: [1, "2", yes, null, ~, true]\nb: &x { c: d }\ne: *x\n')).toEqual({ a: [1, '2', 'yes', null, null, true], b: { c: 'd' }, e: { c: 'd' } });
    expect(yaml('a: 1\n---\nb: 2\n')).toEqual([{ a: 1 }, { b: 2 }]);
    expect(yaml('')).toEqual([]);
  });

  it.each([
    ['a fault', 'a: [1\nb: 2'],
    ['an unknown anchor', 'a: *nowhere'],
    ['an anchor inside itself', 'a: &x { b: *x }'],
    ['depth', '['.repeat(50_000)],
    [
      'a billion laughs',
      [
        'a: &a [x,x,x,x,x,x,x,x,x,x]',
        ...'bcdefgh'.split('').map((name, index) => `${name}: &${name} [${Array.from({ length: 10 }, () => `*${'abcdefg'.charAt(index)}`).join()}]`),
      ].join('\n'),
    ],
    ['length', `a: ${'x'.repeat(2_000_001)}`],
  ])('refuses %s quickly', (_, text) => {
    expect(yaml(text)).toBe('broken');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('ab:-[]{}&*!|>#\'"\n ,?%@0')) }), (text) =>
        ['parsed', 'broken'].includes(parseYaml(text).kind),
      ),
    );
  });
});
