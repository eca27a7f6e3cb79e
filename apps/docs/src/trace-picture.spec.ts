import { drawn } from './trace-picture';

const span = (spanId: string, parentSpanId: string, startMs: number, durationMs: number) => ({
  service: `s${spanId}`,
  name: `<${spanId}>`,
  spanId,
  parentSpanId,
  startMs,
  durationMs,
});

it('draws children below their parents, as they began, and every span once', () => {
  const svg = drawn({ traceId: 't', spans: [span('c', 'a', 5, 1), span('b', 'a', 2, 0.2), span('a', 'elsewhere', 0, 2_000), span('d', 'b', 3, 1)] });
  expect([...svg.matchAll(/&lt;(\w)&gt;/g)].map(([, id]) => id)).toEqual(['a', 'b', 'd', 'c']);
  expect(svg).toContain('>2.00 s<');
  expect(svg).toContain('>200 µs<');
  expect(svg.match(/<rect x=/g)).toHaveLength(4);
});
