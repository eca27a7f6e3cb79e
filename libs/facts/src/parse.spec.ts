import { parseFact } from './parse';
import { payloadHash } from './payload-hash';
import { murmur2, partitionOf } from './partition';
import { makeFact } from './fact';
import { ZipUploaded } from './gate/zip-uploaded.fact';

const id = '0198a2f0-0000-7000-8000-000000000001';
const bare = (type: string, data: object) => ({ specversion: '1.0', id, type, source: '/somebody', subject: '123', time: '2026-01-01T00:00:00.000Z', data });

describe('[Z-009] the bare facts of the founding text', () => {
  it.each([
    ['[Z-019] ZipUploaded', 'ZipUploaded', { taskId: 123, filePath: '/upload/xxx.zip' }],
    ['[Z-020] MainTaskCreated', 'MainTaskCreated', { taskId: 123, context: { filePath: '/upload/xxx.zip', uploadTime: '2026-01-01T00:00:00Z' } }],
    ['[Z-023] SubTaskStarted', 'SubTaskStarted', { taskId: 123, subTaskType: 'SQL' }],
    ['[Z-025] SubTaskCompleted', 'SubTaskCompleted', { taskId: 123, subTaskType: 'SQL', result: 'PASS' }],
    ['[Z-026] SubTaskFailed', 'SubTaskFailed', { taskId: 123, subTaskType: 'SQL', reason: 'lint error' }],
  ])('%s parses', (_, type, data) => {
    const parsed = parseFact(bare(type, data), '123');
    expect(parsed).toMatchObject({ kind: 'fact', fact: { type, data: { taskId: '123' }, dataschema: `/schemas/${type}/1` } });
  });

  it('[Z-026] a failure without a kind is about quality, in round and attempt 1', () => {
    const parsed = parseFact(bare('SubTaskFailed', { taskId: 123, subTaskType: 'SQL', reason: 'lint error' }));
    expect(parsed).toMatchObject({ fact: { data: { failureKind: 'QUALITY', round: 1, attempt: 1 } } });
  });
});

describe('refusals', () => {
  it.each([
    ['null', null, 'MALFORMED'],
    ['no data', { ...bare('SubTaskStarted', {}), data: undefined }, 'INVALID_ENVELOPE'],
    [
      'a version nobody published',
      { ...bare('SubTaskStarted', { taskId: '123', subTaskType: 'SQL' }), dataschema: '/schemas/SubTaskStarted/9' },
      'UNKNOWN_VERSION',
    ],
    ['another task than the subject', bare('SubTaskStarted', { taskId: '124', subTaskType: 'SQL' }), 'KEY_MISMATCH'],
    ['a type in lower case', bare('SubTaskStarted', { taskId: '123', subTaskType: 'sql' }), 'INVALID_DATA'],
  ])('%s', (_, raw, code) => {
    expect(parseFact(raw)).toMatchObject({ kind: 'refused', code });
  });

  it('skips what it does not know', () => {
    expect(parseFact(bare('SomethingElse', {}))).toEqual({ kind: 'unknown', type: 'SomethingElse' });
  });

  it('ends on nesting of 100,000 levels', () => {
    let deep: unknown = 1;
    for (let n = 0; n < 100_000; n++) deep = [deep];
    expect(parseFact({ ...bare('SubTaskStarted', { taskId: '123', subTaskType: 'SQL', deep }) })).toMatchObject({ code: 'TOO_DEEP' });
  });
});

it('keeps unknown fields and attributes', () => {
  const parsed = parseFact({ ...bare('SubTaskStarted', { taskId: '123', subTaskType: 'SQL', colour: 'red' }), extra: 'x' });
  expect(parsed).toMatchObject({ fact: { extra: 'x', data: { colour: 'red' } } });
});

it('hashes what is said, not when', () => {
  const said = { id, source: '/a', subject: '1', data: { taskId: '1', filePath: 'store:x' } };
  const [one, two] = [
    makeFact(ZipUploaded, { ...said, time: '2026-01-01T00:00:00.000Z' }),
    makeFact(ZipUploaded, { ...said, time: '2027-01-01T00:00:00.000Z' }),
  ];
  expect(payloadHash(one)).toBe(payloadHash(two));
});

it('partitions as the Java client does', () => {
  const utf8 = new TextEncoder();
  const hash = (key: string) => murmur2(utf8.encode(key));
  expect([
    hash('21'),
    hash('foobar'),
    hash('a-little-bit-long-string'),
    hash('a-little-bit-longer-string'),
    hash('lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8'),
  ]).toEqual([-973932308, -790332482, -985981536, -1486304829, -58897971]);
});

it('a key’s partition is that of its UTF-8 bytes, however it is written', () => {
  const utf8 = new TextEncoder();
  const units = ['a', 'Z', '0', '-', '\u007f', '\u0080', 'ü', '任', '\ud83d\ude00', '\ud800'];
  for (let n = 0; n < 2_000; n++) {
    const key = Array.from({ length: n % 80 }, (_, at) => units[(n * 7 + at * at) % (n % 3 === 0 ? units.length : 4)]).join('');
    expect(partitionOf(key, 12)).toBe((murmur2(utf8.encode(key)) & 0x7fffffff) % 12);
  }
});
