import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { activeTraceparent, Telemetry, traceContextOf } from './telemetry';
import { parseTraceparent } from './trace-context';

it('[W-008] a span arrives with its service, and its children are in its trace', async () => {
  const exporter = new InMemorySpanExporter();
  const telemetry = new Telemetry({ service: 'a-service', version: '1', instance: 'one', exporter });
  const parent = traceContextOf('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01');
  await telemetry.span('outer', { kind: 'server', parent }, async (outer) => {
    expect(activeTraceparent()).toBe(outer.traceparent);
    await telemetry.span('inner', {}, async () => undefined);
  });
  const spans: {
    name: string;
    parentSpanContext?: { spanId: string };
    spanContext(): { traceId: string; spanId: string };
    resource: { attributes: Record<string, unknown> };
  }[] = [];
  exporter.shutdown = async () => {
    spans.push(...exporter.getFinishedSpans());
  };
  await telemetry.shutdown();
  expect(spans.map(({ name }) => name)).toEqual(['inner', 'outer']);
  const [inner, outer] = spans;
  expect(outer?.spanContext().traceId).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
  expect(outer?.parentSpanContext?.spanId).toBe('00f067aa0ba902b7');
  expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
  expect(inner?.resource.attributes['service.name']).toBe('a-service');
});

it.each([
  '',
  '00-0-0-01',
  '00-00000000000000000000000000000000-00f067aa0ba902b7-01',
  'ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  '00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01',
])('ignores the traceparent %j', (header) => {
  expect(parseTraceparent(header)).toBeUndefined();
});
