/** One upload is one trace, from the request to the verdict, through every service: told by a collector that the real system reports to. */
import { randomBytes } from 'node:crypto';
import { describeWithLocalKafka } from '@tributary/testing';
import { GateClient } from './testing/gate-client';
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from './testing/otlp-receiver';
import { mixedPackage, sqlPackage } from './testing/packages';
import { startSystem, type System, type SystemOptions } from './testing/system';
import { until } from './testing/until';

const policy = { participationMs: 6_000, gapMs: 500, deadlineMs: 90_000 };

interface Upload {
  readonly traceId: string;
  /** The span of whoever uploads: known to the system by its header alone. */
  readonly spanId: string;
  readonly headers: { readonly traceparent: string };
}

function tracedUpload(): Upload {
  const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
  return { traceId, spanId, headers: { traceparent: `00-${traceId}-${spanId}-01` } };
}

/** Spans that arrived and whose parent did not; the uploader's own span is the only one that cannot. */
function orphans(spans: readonly ReceivedSpan[], { spanId }: Upload): readonly ReceivedSpan[] {
  const known = new Set([spanId, ...spans.map((span) => span.spanId)]);
  return spans.filter(({ parentSpanId }) => !known.has(parentSpanId));
}

const stepsOf = (spans: readonly ReceivedSpan[]): string[] => spans.map(({ service, name }) => `${service}: ${name}`);

describe('the trace of an upload to npm start', () => {
  leadsToTheVerdict({ kind: 'standalone' });
});
describeWithLocalKafka('the trace of an upload to npm run cluster', () => {
  leadsToTheVerdict({ kind: 'cluster', bus: 'kafka' });
});

function leadsToTheVerdict(options: SystemOptions): void {
  let receiver: OtlpReceiver;
  let system: System;
  let gate: GateClient;
  const started: { stop(): Promise<void> }[] = [];

  beforeAll(async () => {
    started.push((receiver = await startOtlpReceiver()));
    started.push((system = await startSystem({ ...options, env: { TRIBUTARY_OTLP_ENDPOINT: receiver.url } })));
    gate = new GateClient(system.url);
  }, 300_000);
  afterAll(async () => {
    for (const part of started.toReversed()) await part.stop();
  }, 90_000);

  const withSteps = (upload: Upload, steps: readonly string[]): Promise<readonly ReceivedSpan[]> =>
    until('all steps to be reported', (see) => {
      const spans = receiver.spansOf(upload.traceId);
      const seen = see(stepsOf(spans));
      return steps.every((step) => seen.includes(step)) && orphans(spans, upload).length === 0 && spans;
    });

  it('leads from the request over every service that took part to the verdict', async () => {
    const upload = tracedUpload();
    const taskId = await gate.upload(mixedPackage(), { policy, headers: upload.headers });
    expect(await gate.verdict(taskId)).toMatchObject({ status: 'SUCCESS', observedTypes: ['EXCEL', 'SQL', 'WEDATA'], traceId: upload.traceId });
    const scans = ['SQL', 'EXCEL', 'WEDATA'].flatMap((type) => ['consider', 'scan'].map((step) => `${type.toLowerCase()}-worker: ${step} ${type}`));
    const steps = ['gateway: POST /api/v1/gate/tasks', 'coordinator: create task', ...scans, 'package-worker: consider PACKAGE', 'coordinator: close window'];
    const spans = await withSteps(upload, steps);
    // From any step the way up ends at the uploader.
    const parents = new Map(spans.map(({ spanId, parentSpanId }) => [spanId, parentSpanId]));
    const rootOf = (spanId: string): string => (parents.has(spanId) ? rootOf(parents.get(spanId)!) : spanId);
    expect(new Set(spans.map(({ spanId }) => rootOf(spanId)))).toEqual(new Set([upload.spanId]));
    const request = spans.find(({ name }) => name === 'POST /api/v1/gate/tasks')!;
    const publish = spans.find(({ name }) => name === 'publish ZipUploaded')!;
    const create = spans.find(({ name }) => name === 'create task')!;
    expect([request.parentSpanId, publish.parentSpanId, create.parentSpanId]).toEqual([upload.spanId, request.spanId, publish.spanId]);
    for (const { name, parentSpanId } of spans.filter(({ service }) => service.endsWith('-worker'))) {
      expect([name, parentSpanId]).toEqual([name, create.spanId]);
    }
    // Every fact that was told names a span of this trace.
    const facts = (await gate.facts(taskId)) as readonly { readonly type: string; readonly traceparent?: string }[];
    const ids = new Set(spans.map(({ spanId }) => spanId));
    for (const { type, traceparent = '' } of facts) {
      const [, traceId, spanId = ''] = traceparent.split('-');
      expect([type, traceId, ids.has(spanId)]).toEqual([type, upload.traceId, true]);
    }
  });

  if (options.kind === 'cluster') {
    it('is still one trace when a worker is killed in the middle of its scan', async () => {
      const upload = tracedUpload();
      const taskId = await gate.upload(sqlPackage(1_500), { policy, headers: upload.headers });
      await gate.told(taskId, 'SubTaskStarted');
      const killed = await system.kill('sql-worker');
      expect(await gate.verdict(taskId)).toMatchObject({ status: 'SUCCESS', observedTypes: ['SQL'] });
      expect(system.pidOf('sql-worker')).not.toBe(killed);
      const attempts = (await gate.facts(taskId)).filter(({ type }) => type === 'SubTaskStarted').map(({ data }) => data['attempt']);
      expect(attempts.length).toBeGreaterThan(1);
      const spans = await withSteps(upload, ['sql-worker: scan SQL', 'coordinator: close window']);
      expect(orphans(spans, upload)).toEqual([]);
    });
  }
}
