/** A collector for tests: takes OTLP over HTTP as JSON and keeps the spans. */
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';

export interface ReceivedSpan {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for a root. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
}

export interface OtlpReceiver {
  /** For `TRIBUTARY_OTLP_ENDPOINT`. */
  readonly url: string;
  spansOf(traceId: string): readonly ReceivedSpan[];
  stop(): Promise<void>;
}

interface ExportedSpan extends Omit<ReceivedSpan, 'service' | 'parentSpanId' | 'links'> {
  readonly parentSpanId?: string;
  readonly links?: ReceivedSpan['links'];
}

interface ExportRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[] };
    readonly scopeSpans: readonly { readonly spans: readonly ExportedSpan[] }[];
  }[];
}

export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const isTraces = request.method === 'POST' && request.url === '/v1/traces' && request.headers['content-type']?.startsWith('application/json');
      if (isTraces) spans.push(...spansIn(JSON.parse(body) as ExportRequest));
      response.writeHead(isTraces ? 200 : 415, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spansOf: (traceId) => spans.filter((span) => span.traceId === traceId),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function spansIn({ resourceSpans }: ExportRequest): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? 'nobody';
    return scopeSpans.flatMap(({ spans }) =>
      spans.map(({ traceId, spanId, parentSpanId = '', name, links = [] }) => ({ service, traceId, spanId, parentSpanId, name, links })),
    );
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
