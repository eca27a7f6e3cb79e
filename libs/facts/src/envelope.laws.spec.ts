/** The quick way to read an envelope and the schema agree, whatever comes. */
import fc from 'fast-check';
import { readAnyEnvelope, readEnvelope, readPlainEnvelope } from './envelope';
import { limits } from './limits';
import { shallowerThan } from './parse';

const ours = {
  specversion: '1.0',
  id: '0198a2f0-0000-7000-8000-000000000001',
  type: 'SubTaskStarted',
  source: '/tributary/sql-worker',
  subject: '123',
  time: '2026-01-01T00:00:00.000Z',
  datacontenttype: 'application/json',
  dataschema: '/schemas/SubTaskStarted/1',
  tenant: 'default',
  aggregatetype: 'MainTask',
  aggregateversion: 3,
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  causedby: '0198a2f0-0000-7000-8000-000000000002',
  data: { taskId: '123' },
};

const dayOrSo = fc
  .tuple(fc.nat(14), fc.nat(33), fc.nat(25), fc.nat(61), fc.nat(61), fc.constantFrom('', '.1', '.123', '.123456'), fc.constantFrom('Z', '+08:00', ''))
  .map(([month, day, hour, minute, second, fraction, zone]) => {
    const two = (n: number): string => String(n).padStart(2, '0');
    return `2026-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${fraction}${zone}`;
  });
const anything = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    '1.0',
    0,
    -1,
    1.5,
    '7',
    2 ** 53,
    true,
    [],
    {},
    'x'.repeat(limits.nameLengthMax + 1),
    'x'.repeat(limits.uriLengthMax + 1),
  ),
  fc.constantFrom<unknown>(
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '0198A2F0-0000-7000-8000-000000000001',
    '0198a2f0-0000-9000-8000-000000000001',
  ),
  dayOrSo,
  fc.uuid(),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.jsonValue(),
);
const changed = fc
  .tuple(
    fc.dictionary(fc.constantFrom(...Object.keys(ours), 'tracestate', 'actor', 'extra', '__proto__'), anything, { maxKeys: 3 }),
    fc.subarray(Object.keys(ours), { maxLength: 2 }),
  )
  .map(([changes, gone]): object => {
    // Through JSON text, as it comes off a bus: `__proto__` is then a property like any other.
    const left = Object.entries<unknown>({ ...ours, ...changes }).filter(([name, value]) => !gone.includes(name) && value !== undefined);
    return JSON.parse(`{${left.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`) as object;
  });

it('what the quick way takes, the schema takes, and reads the same from it', () => {
  let quick = 0;
  fc.assert(
    fc.property(changed, (raw) => {
      const plain = readPlainEnvelope(raw as Record<string, unknown>);
      if (!plain) return;
      quick++;
      expect(readAnyEnvelope(raw)).toEqual({ success: true, data: plain });
    }),
    { numRuns: 5_000 },
  );
  expect(quick).toBeGreaterThan(100);
});

it('whatever comes, reading is what the schema says', () => {
  fc.assert(
    fc.property(changed, (raw) => {
      expect(readEnvelope(raw)).toEqual(readAnyEnvelope(raw));
    }),
    { numRuns: 2_000 },
  );
});

it('our own envelopes go the quick way', () => {
  expect(readPlainEnvelope(ours)).toBe(ours);
});

it('depth is counted the same for objects and lists', () => {
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null ? Math.max(0, ...Object.values(value).map((inner) => 1 + depthOf(inner))) : 0;
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), fc.nat(10), (value, depthMax) => {
      expect(shallowerThan(value, depthMax)).toBe(depthOf(value) <= depthMax);
    }),
  );
});
